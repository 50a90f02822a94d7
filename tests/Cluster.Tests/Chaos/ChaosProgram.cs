using System.Runtime.InteropServices;
using Otp.Cluster.Events;
using Otp.Cluster.Overload;
using Otp.Cluster.Processes;
using Otp.Cluster.Redis;

namespace Otp.Cluster.Chaos;

/// <summary>The chaos run as a program: exit code 0 if every promise held, 1 if not, 2 for a wrong command line.</summary>
internal static class ChaosProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        ChaosOptions options;
        try
        {
            options = ChaosOptions.Parse(args);
        }
        catch (FormatException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        if (options.StoredTargets > 0)
        {
            return await LookAtRedisAsync(options);
        }

        if (options.Events > 0)
        {
            return await EventsAsync(options);
        }

        if (options.Overload > 0)
        {
            return await OverloadAsync(options);
        }

        using var ending = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        var result = await ChaosRun.RunAsync(options, Console.WriteLine, ending.Token);
        Console.WriteLine(result.Report);
        return result.IsGood ? 0 : 1;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
    }

    private static async Task<int> OverloadAsync(ChaosOptions options)
    {
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(options.Silos, options.Gateways), OverloadRun.Settings);
        cluster.KeepsLogs = true;
        Console.WriteLine($"{options.Silos} silos, {options.Gateways} gateways; output in {cluster.Logs}");
        var findings = await new OverloadRun(cluster, new OverloadOptions(options.Overload, options.Duration, options.Callers), Console.WriteLine).RunAsync();
        Console.WriteLine(string.Join(Environment.NewLine, findings.Append($"{findings.Count} promises broken")));
        cluster.KeepsLogs = findings.Count > 0;
        return findings.Count == 0 ? 0 : 1;
    }

    private static async Task<int> EventsAsync(ChaosOptions options)
    {
        await using var endpoint = await EventEndpoint.StartAsync();
        var settings = new Dictionary<string, string>([.. ServiceSettings.Measured, .. endpoint.Settings], StringComparer.Ordinal);
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(options.Silos, options.Gateways), settings);
        Console.WriteLine($"{options.Silos} silos, {options.Gateways} gateways; output in {cluster.Logs}");
        var findings = await new EventRun(cluster, endpoint, Console.WriteLine).RunAsync(options.Events, kills: 1, options.Every);
        Console.WriteLine(string.Join(Environment.NewLine, findings.Append($"{findings.Count} promises broken")));
        cluster.KeepsLogs = findings.Count > 0;
        return findings.Count == 0 ? 0 : 1;
    }

    private static async Task<int> LookAtRedisAsync(ChaosOptions options)
    {
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(options.Silos, options.Gateways), ServiceSettings.Measured);
        var stored = await new StoredDataRun(cluster).RunAsync(options.StoredTargets);
        Console.WriteLine(stored);
        return stored.Findings.Count == 0 ? 0 : 1;
    }
}
