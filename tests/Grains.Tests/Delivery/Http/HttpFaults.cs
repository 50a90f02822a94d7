using Microsoft.AspNetCore.Http;

namespace Otp.Delivery;

/// <summary>Makes endpoints fail.</summary>
internal static class HttpFaults
{
    /// <summary>An endpoint with this fault, or the address where it would be.</summary>
    public static async Task<(IAsyncDisposable? Endpoint, string Address)> StartAsync(this HttpFault fault)
    {
        if (fault == HttpFault.Refuse)
        {
            return (null, LoopbackEndpoint.Nowhere());
        }

        if (fault == HttpFault.Mute)
        {
            var mute = new MuteEndpoint();
            return (mute, mute.Address);
        }

        var endpoint = await LoopbackEndpoint.StartAsync((http, _) => AnswerAsync(fault, http));
        return (endpoint, endpoint.Address);
    }

    private static async Task AnswerAsync(HttpFault fault, HttpContext http)
    {
        switch (fault)
        {
            case HttpFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
                break;
            case HttpFault.Answer500:
                http.Response.StatusCode = 500;
                break;
            case HttpFault.Answer504:
                http.Response.StatusCode = 504;
                break;
            case HttpFault.BreakOff:
                http.Response.ContentLength = 100;
                await http.Response.WriteAsync("{");
                await http.Response.Body.FlushAsync();
                http.Abort();
                break;
            default:
                http.Abort();
                break;
        }
    }
}
