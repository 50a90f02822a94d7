using Otp.Gateway.OpenApi;

namespace Otp.Gateway.Limits;

/// <summary>
/// Refuses a call that would ask a grain while no more may be under way, before it costs anything: its token is not looked at, its body not
/// read. Health checks, pages and token requests are served.
/// </summary>
internal sealed class LoadSheddingMiddleware(RequestDelegate next, AdaptiveLimit limit, GrainCall grainCall)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!limit.IsFull || context.GetEndpoint()?.Metadata.GetMetadata<ApiCall>() is not { CallsGrain: true })
        {
            return next(context);
        }

        grainCall.CountRefused();
        RetryAfter.Set(context.Response, RetryAfter.Fault);
        return JsonAnswer.WriteNothingAsync(context, StatusCodes.Status503ServiceUnavailable);
    }
}
