using System.Collections;

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

        using (logger.BeginScope(new RequestScope(id)))
        {
            await next(context);
        }
    }
}

/// <summary>The log scope of one request: its id, as a structured value and as text.</summary>
internal sealed class RequestScope(string requestId) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 1;

    public KeyValuePair<string, object?> this[int index] => index == 0
        ? new("RequestId", requestId)
        : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => requestId;
}
