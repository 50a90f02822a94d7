using System.Diagnostics.Metrics;
using Otp.Telemetry;

namespace Otp.Gateway.Limits;

/// <summary>Counts the requests that a limit on callers refused, or that came while the service had too much to do.</summary>
internal static class LimitMetrics
{
    private static readonly Counter<long> Refused =
        OtpTelemetry.Meter.CreateCounter<long>("otp.callers.refused", "{request}", "Requests refused by a limit on callers, or for overload.");

    /// <summary>Counts a request if it has to wait.</summary>
    /// <param name="wait">What the limit says; it is given back.</param>
    /// <param name="limit">The limit's name.</param>
    public static TimeSpan? Count(TimeSpan? wait, string limit)
    {
        if (wait is not null)
        {
            Refused.Add(1, new KeyValuePair<string, object?>(OtpTags.Reason, limit));
        }

        return wait;
    }
}
