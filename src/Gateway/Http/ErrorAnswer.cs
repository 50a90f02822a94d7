namespace Otp.Gateway.Http;

/// <summary>Answers an error in the words of the surface that the request's path belongs to.</summary>
internal static class ErrorAnswer
{
    public static Task WriteAsync(HttpContext context, int status, string text) =>
        SurfaceOf(context) is { } surface ? surface.WriteAsync(context, status, text) : Detail.WriteAsync(context, status, text);

    /// <summary>The surface with words of its own that the path belongs to; null for FastAPI's.</summary>
    public static ISurfaceErrors? SurfaceOf(HttpContext context)
    {
        foreach (var surface in context.RequestServices.GetServices<ISurfaceErrors>())
        {
            if (context.Request.Path.StartsWithSegments(surface.Root, StringComparison.OrdinalIgnoreCase))
            {
                return surface;
            }
        }

        return null;
    }
}
