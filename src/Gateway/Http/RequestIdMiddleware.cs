using System.Collections.ObjectModel;

namespace Otp.Gateway.Http;

/// <summary>
/// Names every request with a random id, given back in <c>X-Request-Id</c> and put on every log line of the request.
/// A caller's own id is not taken over: what is logged is never what a caller wrote.
/// </summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, ILogger<RequestIdMiddleware> logger)
{
    public const string HeaderName = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var id = Guid.NewGuid().ToString("n");
        context.TraceIdentifier = id;
        context.Response.Headers[HeaderName] = id;
        using var scope = logger.BeginScope(new RequestScope(id));
        await next(context);
    }
}

/// <summary>The log scope of one request: its id, as a structured value and as text.</summary>
internal sealed class RequestScope(string requestId) : ReadOnlyCollection<KeyValuePair<string, object?>>([new("RequestId", requestId)])
{
    public override string ToString() => requestId;
}
