using System.Diagnostics;
using System.Diagnostics.Metrics;
using Otp.Statistics;
using Otp.Telemetry;

namespace Otp.Bench;

/// <summary>What a measurement costs that is counted for the operators' page.</summary>
internal static class StatisticsMeasurements
{
    private const int Batch = 500_000;
    private const int Rounds = 9;

    public static async Task RunAsync(TextWriter output)
    {
        using var meter = new Meter(OtpTelemetry.Name);
        var sends = meter.CreateCounter<long>("otp.sends");
        var storage = meter.CreateHistogram<double>("otp.storage.duration");
        using var collector = new StatisticsCollector(TimeProvider.System);
        collector.Start();

        await output.WriteLineAsync("Measurements that are counted (median of 9 rounds)");
        await Measure("a send, three tags", () => sends.Add(
            1,
            new KeyValuePair<string, object?>(OtpTags.Program, "19"),
            new KeyValuePair<string, object?>(OtpTags.CallingCode, "44"),
            new KeyValuePair<string, object?>(OtpTags.Outcome, "sent")));
        await Measure("a round trip, two tags", () => storage.Record(
            0.001,
            new KeyValuePair<string, object?>(OtpTags.Storage, "target"),
            new KeyValuePair<string, object?>(OtpTags.StorageOperation, "write")));

        async Task Measure(string name, Action count)
        {
            var nanoseconds = new double[Rounds];
            long bytes = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var allocated = GC.GetAllocatedBytesForCurrentThread();
                var start = Stopwatch.GetTimestamp();
                for (var i = 0; i < Batch; i++)
                {
                    count();
                }

                nanoseconds[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch;
                bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Batch;
            }

            Array.Sort(nanoseconds);
            await output.WriteLineAsync($"  {name,-28} {nanoseconds[Rounds / 2],8:N0} ns {bytes,6:N0} B");
        }
    }
}
