using Otp.Cluster.Load;
using Otp.Cluster.Processes;
using Otp.Fuzz.Api;
using Otp.Fuzz.Inputs;

namespace Otp.Fuzz;

/// <summary>Starts a gateway and tries all inputs on it.</summary>
internal static class FuzzRun
{
    /// <summary>Inputs that come before all others and are not judged: code is compiled when it is first used.</summary>
    private const int WarmUpInputs = 2_000;

    /// <summary>After this share of the inputs all tables are filled.</summary>
    private const double FillingShare = 0.25;

    // The event of a request that failed by a fault of the gateway.
    private const string FaultEvent = "[3001]";

    private static readonly TimeSpan TellInterval = TimeSpan.FromSeconds(10);

    /// <summary>Runs it to its end.</summary>
    /// <param name="options">What to try.</param>
    /// <param name="tell">Where progress is told.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<FuzzReport> RunAsync(FuzzOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var gateway = await FuzzGateway.StartAsync();
        var calls = await ApiCatalog.ReadAsync(gateway.Url);
        tell($"{options.Inputs} inputs of seed {options.Seed} to {calls.Count} calls at {gateway.Url}");
        var clock = new RunClock();
        await using var hiccups = new Hiccups(clock);
        hiccups.Start();
        var report = new FuzzReport(options.Seed);
        var source = new InputSource(calls, options.Seed);
        if (options.Only is { } number)
        {
            using var single = NewChecker();
            var input = source.Create(number);
            tell($"{input}{Environment.NewLine}{input.Build()}");
            report.Add(number, input, await single.TryAsync(input));
            return report;
        }

        await TryAllAsync(options, gateway, source, report, NewChecker, tell, cancellationToken);
        using var checker = NewChecker();
        foreach (var finding in gateway.Process.HasExited ? [] : report.Findings)
        {
            report.Shorten(finding, await checker.ShortenAsync(finding.Input, finding.Fault));
        }

        return report;

        FuzzChecker NewChecker() => new(gateway.Url.Port, gateway.Tokens, options.LongestAnswer, clock, hiccups);
    }

    private static async Task TryAllAsync(
        FuzzOptions options, FuzzGateway gateway, InputSource source, FuzzReport report, Func<FuzzChecker> newChecker, Action<string> tell, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = -WarmUpInputs - 1;
        var workers = Task.WhenAll(Enumerable.Range(0, options.Connections).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        var (filled, told) = (0L, new RunClock());
        while (await Task.WhenAny(workers, Pause.ForAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None)) != workers)
        {
            if (gateway.Process.HasExited)
            {
                report.AddTrouble("The gateway has ended.");
                await ending.CancelAsync();
                break;
            }

            if (report.Inputs < options.Inputs * FillingShare)
            {
                filled = gateway.Process.ResidentBytes;
            }

            if (told.Now > TellInterval)
            {
                told = new RunClock();
                tell($"{report.Inputs} inputs, {report.Findings.Count} faults, {gateway.Process.ResidentBytes >> 20} MiB");
            }
        }

        await workers;
        if (!gateway.Process.HasExited && filled > 0)
        {
            report.SetResident(filled, gateway.Process.ResidentBytes);
        }

        // Of a fault whose answer nobody waited for, the log alone tells.
        if (gateway.Process.Output().Split('\n').FirstOrDefault(static line => line.Contains(FaultEvent, StringComparison.Ordinal)) is { } error)
        {
            report.AddTrouble($"The gateway logged a fault: {error}");
        }

        async Task WorkAsync()
        {
            using var checker = newChecker();
            for (var number = Interlocked.Increment(ref next); number < options.Inputs && !ending.IsCancellationRequested; number = Interlocked.Increment(ref next))
            {
                var input = source.Create(number);
                var verdict = await checker.TryAsync(input);
                if (number >= 0)
                {
                    report.Add(number, input, verdict);
                }
            }
        }
    }
}
