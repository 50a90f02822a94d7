using System.Diagnostics;

namespace Otp.Bench.LongRuns;

/// <summary>The runs of one system over time, and over the number of its targets.</summary>
internal static class LongRunPlans
{
    // Each of the three kinds of work.
    private static readonly TimeSpan InEachMinute = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AtEachCount = TimeSpan.FromSeconds(5);

    /// <summary>Loads the system for minutes, and says how the last quarter differs from the second.</summary>
    public static async Task HoldAsync(LongRunOptions options, TextWriter output)
    {
        await using var run = await LongRun.StartAsync(options);
        List<(double P99, double Resident)> minutes = [];
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(options.Minutes))
        {
            minutes.Add(await run.MeasureAsync($"minute {minutes.Count + 1}", InEachMinute, output));
        }

        await output.WriteLineAsync(run.Table());
        var quarter = minutes.Count / 4;
        if (quarter > 0)
        {
            var (second, last) = (minutes[quarter..(2 * quarter)], minutes[^quarter..]);
            await output.WriteLineAsync($"Last quarter beside the second: p99 of a send × {last.Average(m => m.P99) / second.Average(m => m.P99):F2}, resident × {last.Average(m => m.Resident) / second.Average(m => m.Resident):F2}.");
        }
    }

    /// <summary>Measures the system each time that its targets have become so many.</summary>
    public static async Task GrowAsync(LongRunOptions options, TextWriter output)
    {
        await using var run = await LongRun.StartAsync(options);
        // Until the compiler has recompiled what is hot.
        await run.MeasureAsync("warm-up", InEachMinute, TextWriter.Null);
        foreach (var targets in options.Targets)
        {
            run.Fill(Math.Max(0, targets - run.Targets));
            await run.MeasureAsync($"{run.Targets:N0} targets", AtEachCount, output);
        }

        await output.WriteLineAsync(run.Table());
    }
}
