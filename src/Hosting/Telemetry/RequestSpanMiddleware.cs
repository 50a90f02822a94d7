using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Otp.Telemetry;

namespace Otp.Hosting.Telemetry;

/// <summary>
/// The server's span of each traced request, named by its route and tagged by the semantic conventions. The framework's own holds the path, and
/// a path may hold a member's reference. Health checks and pages are no traces: the ones come every second, the others' streams never end.
/// </summary>
internal sealed class RequestSpanMiddleware(RequestDelegate next, RequestSampler sampler)
{
    private static readonly PathString[] Untraced = ["/health", "/ops", "/dev", "/docs", "/assets"];

    public Task InvokeAsync(HttpContext context)
    {
        var caller = CallerOf(context.Request.Headers);
        return sampler.IsChosen(caller) && !IsUntraced(context.Request.Path) ? TraceAsync(context, caller) : next(context);
    }

    private async Task TraceAsync(HttpContext context, ActivityContext caller)
    {
        using var span = OtpTelemetry.Source.StartActivity(RequestSampler.RequestSpan, ActivityKind.Server, caller);
        try
        {
            await next(context);
        }
        finally
        {
            if (span is not null)
            {
                Tag(span, context);
            }
        }
    }

    private static ActivityContext CallerOf(IHeaderDictionary headers) =>
        headers.TraceParent is [{ } parent] && ActivityContext.TryParse(parent, headers.TraceState, isRemote: true, out var caller) ? caller : default;

    private static bool IsUntraced(PathString path) =>
        Array.Exists(Untraced, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Tag(Activity span, HttpContext context)
    {
        var method = IsKnown(context.Request.Method) ? context.Request.Method : "_OTHER";
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var status = context.Response.StatusCode;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method);
        span.SetTag("http.route", route);
        span.SetTag("url.scheme", context.Request.Scheme);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static bool IsKnown(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsGet(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsPatch(method);
}
