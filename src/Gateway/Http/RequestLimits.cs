namespace Otp.Gateway.Http;

/// <summary>Bounds that hold for every request of every surface.</summary>
internal static class RequestLimits
{
    /// <summary>Largest request body, in bytes; a longer one is answered with 413.</summary>
    public const int MaxBodySize = 16 * 1024;

    /// <summary>How long a caller may take to send a request's headers; a slower one is answered with 408.</summary>
    public static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
}
