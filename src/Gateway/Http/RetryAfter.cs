namespace Otp.Gateway.Http;

/// <summary>The <c>Retry-After</c> header (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>What a caller is told to wait after a fault of the cluster.</summary>
    public static readonly TimeSpan Fault = TimeSpan.FromSeconds(1);

    /// <summary>Sets the header in whole seconds, rounded up and never 0.</summary>
    public static void Set(HttpResponse response, TimeSpan delay) =>
        response.Headers.RetryAfter = long.Max(1, WholeSeconds.Covering(delay)).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Spans as headers tell them.</summary>
internal static class WholeSeconds
{
    /// <summary>The least number of whole seconds that is not shorter than <paramref name="span"/>: who waits that long is not too early.</summary>
    public static long Covering(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
}
