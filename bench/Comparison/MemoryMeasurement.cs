using Otp.Bench.Comparison.Load;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>Measures what a live target takes, on processes started for it.</summary>
internal static class MemoryMeasurement
{
    /// <summary>
    /// The small garbage collector, often run: what is resident is then what is alive, and not what the server collector has not got round to.
    /// The growth over the second half is taken, so that what a process needs anyway is not counted.
    /// </summary>
    private static readonly Dictionary<string, string> SmallCollector = new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_GCgen0size"] = "1000000",
        ["DOTNET_GCConserveMemory"] = "5",
    };

    public static async Task<MemoryUse> RunAsync(
        SystemKind kind, RedisServer redis, SharedSettings settings, TargetNumbers numbers, ComparisonOptions options)
    {
        await using var system = await SystemUnderTest.StartAsync(kind, redis, settings, SmallCollector);
        return await system.UseAsync(MeasureAsync);

        async Task<MemoryUse> MeasureAsync()
        {
            using var load = new LoadGenerator(system.Port, options.Connections);
            var half = options.MemoryTargets / 2;
            Send(load, half);
            var (process, data) = (Resident(), await redis.MemoryAsync());
            Send(load, half);
            return new MemoryUse(kind.Title, (Resident() - process) / half, (double)(await redis.MemoryAsync() - data) / half);
        }

        void Send(LoadGenerator load, int half) => load.Run(new NewTargetWork(Round.SendTemplate(settings.Token), numbers, half), TimeSpan.FromMinutes(10));

        double Resident() => system.Processes.Sum(p => p.ResidentBytes);
    }
}
