using System.Security.Cryptography;

namespace Otp.Gateway.Http;

/// <summary>
/// Names every request with a random id, given back in <c>X-Request-Id</c> and put on every log line of the request.
/// A caller's own id is not taken over: what is logged is never what a caller wrote.
/// </summary>
internal sealed class RequestIdMiddleware(RequestDelegate next, RandomNumberGenerator random, ILogger<RequestIdMiddleware> logger)
{
    public const string HeaderName = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        var id = RandomHex.Next(random);
        context.TraceIdentifier = id;
        context.Response.Headers[HeaderName] = id;

        using (logger.BeginScope(new RequestScope(id)))
        {
            await next(context);
        }
    }
}
