using System.Security.Cryptography;
using StackExchange.Redis;

namespace Otp.Contract;

/// <summary>Names every request, and answers faults of Redis with 503.</summary>
internal sealed class RequestMiddleware(RequestDelegate next, RandomNumberGenerator random)
{
    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers["X-Request-Id"] = NewId();
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OrleansException && !context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "1";
            await JsonHttp.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, new Detail("Service Unavailable"), ApiJson.Default.Detail);
        }
    }

    private string NewId()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return Convert.ToHexStringLower(bits);
    }
}
