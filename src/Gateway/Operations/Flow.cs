using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>How often something happened.</summary>
/// <param name="Hour">In the last hour.</param>
/// <param name="LastMinute">In the last minute.</param>
/// <param name="Minutes">In each minute of the hour, the current one last.</param>
internal sealed record Flow(long Hour, long LastMinute, IReadOnlyList<long> Minutes)
{
    /// <summary>Adds up series that count.</summary>
    public static Flow Of(IEnumerable<SeriesHistory> counters)
    {
        var minutes = new long[StatisticsHour.Minutes];
        var lastMinute = 0L;
        foreach (var counter in counters)
        {
            lastMinute += counter.LastMinute[0];
            for (var minute = 0; minute < minutes.Length; minute++)
            {
                minutes[minute] += counter.Minutes[minute];
            }
        }

        return new Flow(minutes.Sum(), lastMinute, minutes);
    }
}
