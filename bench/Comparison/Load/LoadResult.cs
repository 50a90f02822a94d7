using System.Diagnostics;

namespace Otp.Bench.Comparison.Load;

/// <summary>What came of a load.</summary>
/// <param name="Requests">Requests answered as expected; there are no others.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="P50">The median time from a request's sending to its answer.</param>
/// <param name="P99">The time that 99 in 100 do not exceed.</param>
internal sealed record LoadResult(int Requests, TimeSpan Elapsed, TimeSpan P50, TimeSpan P99)
{
    public static LoadResult Of(List<long> latencies, TimeSpan elapsed)
    {
        latencies.Sort();
        return new LoadResult(latencies.Count, elapsed, At(0.5), At(0.99));

        TimeSpan At(double share) =>
            latencies.Count == 0 ? default : TimeSpan.FromSeconds((double)latencies[(int)(share * (latencies.Count - 1))] / Stopwatch.Frequency);
    }
}
