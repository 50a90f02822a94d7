namespace Otp.Gateway.Http;

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
