using Microsoft.AspNetCore.Http;

namespace Otp.Delivery;

/// <summary>Makes endpoints fail.</summary>
internal static class HttpFaults
{
    /// <summary>The answer of an endpoint with this fault.</summary>
    public static Task AnswerAsync(this HttpFault fault, HttpContext http)
    {
        switch (fault)
        {
            case HttpFault.Hang:
                return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
            case HttpFault.Answer500:
                http.Response.StatusCode = 500;
                return Task.CompletedTask;
            default:
                http.Abort();
                return Task.CompletedTask;
        }
    }
}
