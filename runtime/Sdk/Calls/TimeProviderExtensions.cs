namespace Orleans.Runtime;

/// <summary>Arithmetic on a clock's timestamps.</summary>
internal static class TimeProviderExtensions
{
    /// <summary>A span in units of the clock's timestamp.</summary>
    internal static long ToTimestamp(this TimeProvider clock, TimeSpan span) =>
        (long)((Int128)span.Ticks * clock.TimestampFrequency / TimeSpan.TicksPerSecond);
}
