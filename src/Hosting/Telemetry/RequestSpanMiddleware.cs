using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Orleans.Otp.Hosting.Telemetry;

/// <summary>
/// Names the server's span by the route and tags it by the semantic conventions. The framework's own tags are off: they hold the path,
/// and a path may hold a member's reference. Health checks are no traces: they come every second and tell nothing.
/// </summary>
internal sealed class RequestSpanMiddleware(RequestDelegate next)
{
    private static readonly PathString Health = new("/health");

    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span ? TraceAsync(context, span) : next(context);

    private async Task TraceAsync(HttpContext context, Activity span)
    {
        if (context.Request.Path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase))
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            Tag(span, context);
        }
    }

    private static void Tag(Activity span, HttpContext context)
    {
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method) is var known && IsKnown(known) ? known : "_OTHER";
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
            span.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static bool IsKnown(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsGet(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method)
        || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsPatch(method);
}
