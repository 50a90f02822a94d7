using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Chaos;

/// <summary>A cluster under load to which bad things happen.</summary>
internal static class ChaosRun
{
    // Connections, just-in-time compilation, first views: what comes before is not what is measured.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    /// <summary>Runs it to its end.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="tell">Where progress is told.</param>
    /// <param name="cancellationToken">Ends it early, in good order.</param>
    public static async Task<ChaosResult> RunAsync(ChaosOptions options, Action<string> tell, CancellationToken cancellationToken)
    {
        await using var cluster = await OtpCluster.StartAsync(options.Shape, ServiceSettings.Measured);
        tell($"{options.Silos} silos, {options.Gateways} gateways: {string.Join(' ', cluster.Gateways.Select(g => g.Url))}; output in {cluster.Logs}");
        var clock = new RunClock();
        var faults = new FaultLog(clock, options.StallTolerance);
        var troubles = new List<string>();
        LoadResults results;
        TimeSpan duration;
        await using (var load = new LoadRun(options.Load, cluster.Balancer, clock, faults))
        {
            results = load.Results;
            var warmUp = faults.Begin("warm-up", TimeSpan.FromSeconds(5));
            await load.StartAsync(cancellationToken);
            try
            {
                await Pause.ForAsync(WarmUp, cancellationToken);
                faults.End(warmUp, TimeSpan.Zero);
                await MakeFaultsAsync(options, cluster, faults, clock, results, tell, cancellationToken);
                await Pause.ForAsync(Calm, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                tell("Ended early.");
            }
            catch (Exception exception) when (exception is FaultException or InvalidOperationException)
            {
                troubles.Add(exception.Message);
            }

            await load.StopAsync();
            duration = clock.Now;
        }

        var isGood = results.Violations == 0 && troubles.Count == 0;
        var report = string.Join(Environment.NewLine, troubles.Append(results.Report(duration)));
        cluster.KeepsLogs = !isGood;
        return new ChaosResult(isGood, results.Requests, report);
    }

    private static async Task MakeFaultsAsync(
        ChaosOptions options, OtpCluster cluster, FaultLog faults, RunClock clock, LoadResults results, Action<string> tell, CancellationToken cancellationToken)
    {
        var random = new Random(options.Load.Seed);
        var end = clock.Now + options.Duration;
        for (var i = 0; i < options.Faults.Count || clock.Now < end; i++)
        {
            var next = clock.Now + options.Every;
            if (options.Faults.Count > 0)
            {
                var fault = options.Faults[i % options.Faults.Count];
                tell($"{clock.Now.TotalSeconds,7:0.0} s  {fault.Name} ({results.Requests} requests, {results.Violations} violations)");
                await fault.HappenAsync(cluster, faults, random);
            }

            await Pause.ForAsync(next - clock.Now, cancellationToken);
        }
    }
}
