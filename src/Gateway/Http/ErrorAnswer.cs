namespace Otp.Gateway.Http;

/// <summary>Answers an error in the words of the surface that the request's path belongs to.</summary>
internal static class ErrorAnswer
{
    public static Task WriteAsync(HttpContext context, int status, string text) =>
        SurfaceOf(context) is { } surface ? surface.WriteAsync(context, status, text) : Detail.WriteAsync(context, status, text);

    /// <summary>The surface with words of its own that the path belongs to; null for FastAPI's.</summary>
    public static ISurfaceErrors? SurfaceOf(HttpContext context) => context.RequestServices.GetServices<ISurfaceErrors>()
        .FirstOrDefault(surface => context.Request.Path.StartsWithSegments(surface.Root, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How one surface words its errors, those included that come before any of its endpoints; the others are FastAPI's shape.</summary>
internal interface ISurfaceErrors
{
    /// <summary>Where the surface's paths begin.</summary>
    PathString Root { get; }

    /// <summary>Answers with an error; the text is never a code, a target or a secret.</summary>
    Task WriteAsync(HttpContext context, int status, string text);

    /// <summary>Answers with what is wrong with the request's body.</summary>
    Task WriteFaultsAsync(HttpContext context, string faults);
}
