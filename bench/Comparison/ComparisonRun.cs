using Otp.Bench.Comparison.Load;
using Otp.Bench.Comparison.Report;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>
/// Runs all systems in turn, round by round, so that what else the machine does falls on all of them, and reports the medians.
/// </summary>
internal static class ComparisonRun
{
    public static async Task RunAsync(ComparisonOptions options, TextWriter output)
    {
        await using var receiver = await DiscardingReceiver.StartAsync();
        var settings = new SharedSettings(receiver.Address);
        var numbers = new TargetNumbers();
        await using var redis = await RedisServer.StartAsync(options.Garnet);
        List<SystemUnderTest> systems = [];
        try
        {
            foreach (var kind in options.Systems)
            {
                systems.Add(await SystemUnderTest.StartAsync(kind, redis, settings));
            }

            List<List<Measurement>> rounds = [];
            for (var i = 1 - options.WarmUps; i <= options.Rounds; i++)
            {
                await output.WriteLineAsync(i <= 0 ? "warming up" : $"round {i} of {options.Rounds}");
                List<Measurement> round = [];
                foreach (var system in i % 2 == 0 ? systems : Enumerable.Reverse(systems))
                {
                    var work = new Round(system, redis, settings.Token, numbers, options.Connections);
                    var measured = await system.UseAsync(() => work.RunAsync(TimeSpan.FromSeconds(options.Seconds)));
                    await output.WriteLineAsync($"  {system.Kind.Title,-28} {string.Join("   ", measured.Select(Describe))}");
                    round.AddRange(measured);
                }

                if (i > 0)
                {
                    rounds.Add(round);
                }
            }

            await EndAsync(systems);
            var memory = await MeasureMemoryAsync(options, redis, settings, numbers);
            var report = new ComparisonReport(
                Machine.Describe(), TimeProvider.System.GetUtcNow(), redis.Name, options.Rounds, options.Seconds, options.Connections, Summary.Of(rounds, options.Systems), memory);
            await ReportFiles.WriteAsync(report, options.Output, output);
        }
        finally
        {
            await EndAsync(systems);
        }
    }

    private static async Task<List<MemoryUse>> MeasureMemoryAsync(
        ComparisonOptions options, RedisServer redis, SharedSettings settings, TargetNumbers numbers)
    {
        List<MemoryUse> memory = [];
        foreach (var kind in options.Systems.Where(kind => kind != SystemKind.Echo && options.MemoryTargets > 0))
        {
            memory.Add(await MemoryMeasurement.RunAsync(kind, redis, settings, numbers, options));
        }

        return memory;
    }

    private static string Describe(Measurement m) => $"{m.Work} {m.Load.Requests / m.Load.Elapsed.TotalSeconds:N0}/s";

    private static async Task EndAsync(List<SystemUnderTest> systems)
    {
        foreach (var system in systems)
        {
            await system.DisposeAsync();
        }

        systems.Clear();
    }
}
