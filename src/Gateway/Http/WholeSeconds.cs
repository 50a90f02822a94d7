namespace Otp.Gateway.Http;

/// <summary>Spans as headers tell them.</summary>
internal static class WholeSeconds
{
    /// <summary>The least number of whole seconds that is not shorter than <paramref name="span"/>: who waits that long is not too early.</summary>
    public static long Covering(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
}
