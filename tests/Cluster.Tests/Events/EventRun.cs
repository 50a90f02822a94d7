using System.Collections.Concurrent;
using System.Net;
using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Events;

/// <summary>
/// Sends and verifies codes, so that a program is told of events, while silos are killed, and then looks whether every event has arrived, in the
/// order of its target. Each target gets a code of a program without events too: what events cost a send is the difference.
/// </summary>
internal sealed class EventRun(OtpCluster cluster, EventEndpoint endpoint, Action<string> tell)
{
    private const int Parallel = 8;

    private static readonly string[] Expected = ["otp.sent", "otp.failed", "otp.verified"];
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentBag<float> _withEvents = [];
    private readonly ConcurrentBag<float> _without = [];
    private readonly ConcurrentQueue<string> _findings = new();

    /// <summary>Runs it.</summary>
    /// <param name="events">How many events, rounded up to three a target.</param>
    /// <param name="kills">How many silos are killed at least.</param>
    /// <param name="every">The time from one kill to the next.</param>
    /// <returns>What did not hold.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int events, int kills, TimeSpan every)
    {
        var targets = (events + Expected.Length - 1) / Expected.Length;
        var clock = new RunClock();
        var faults = new FaultLog(clock);
        using var client = new LoadClient(cluster.Balancer, clock, faults);
        var load = System.Threading.Tasks.Parallel.ForAsync(
            0, targets, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (i, _) => await MakeEventsAsync(client, TargetOf(i)));
        var random = new Random(1);
        for (var killed = 0; killed < kills || !load.IsCompleted; killed++)
        {
            await Pause.ForAsync(every);
            tell($"{clock.Now.TotalSeconds,7:0.0} s  kill ({endpoint.Count} events of {targets * Expected.Length} have arrived)");
            await new SiloKilled().HappenAsync(cluster, faults, random);
        }

        await load;
        await Pause.UntilAsync(() => Task.FromResult(endpoint.Count >= targets * Expected.Length), ArrivalLimit);
        Look(targets);
        tell($"{endpoint.Count} events of {targets * Expected.Length} arrived in {endpoint.Calls} calls; {Describe("they took", endpoint.Delays())}");
        tell(Describe("A send with events took", [.. _withEvents.Order()]));
        tell(Describe("A send without events took", [.. _without.Order()]));
        return [.. _findings];
    }

    private static string TargetOf(int number) => $"event-{number}@load.example.com";

    private static string Describe(string what, float[] sorted) =>
        $"{what}: p50 {sorted[sorted.Length / 2]:0.0} ms, p99 {sorted[sorted.Length * 99 / 100]:0.0} ms, longest {sorted[^1]:0} ms";

    private async Task MakeEventsAsync(LoadClient client, string target)
    {
        var sent = await CallAsync(client, Rules.Standard.Client, OtpCall.Send(target), $"send-{target}", HttpStatusCode.OK);
        _withEvents.Add((float)sent.At.Length.TotalMilliseconds);
        var plain = await CallAsync(client, Rules.Hasty.Client, OtpCall.Send(target), $"plain-{target}", HttpStatusCode.OK);
        _without.Add((float)plain.At.Length.TotalMilliseconds);
        if (sent.Code is { } code)
        {
            var wrong = code[..^1] + (code[^1] == '0' ? '1' : '0');
            await CallAsync(client, Rules.Standard.Client, OtpCall.Verify(target, wrong), $"wrong-{target}", HttpStatusCode.BadRequest);
            await CallAsync(client, Rules.Standard.Client, OtpCall.Verify(target, code), $"right-{target}", HttpStatusCode.OK);
        }
    }

    private async Task<OtpAnswer> CallAsync(LoadClient client, string program, OtpCall call, string key, HttpStatusCode expected)
    {
        var answer = await client.CallAsync(program, call, key);
        if (answer.Status != expected || answer.Failure is not null)
        {
            _findings.Enqueue($"{key} was answered {answer}, not {(int)expected}: {answer.Failure}");
        }

        return answer;
    }

    private void Look(int targets)
    {
        foreach (var fault in endpoint.Faults.Distinct(StringComparer.Ordinal))
        {
            _findings.Enqueue(fault);
        }

        for (var i = 0; i < targets; i++)
        {
            if (endpoint.Of(TargetOf(i)) is not { } taken)
            {
                _findings.Enqueue($"The events of {TargetOf(i)} came out of order.");
            }
            else if (!taken.SequenceEqual(Expected))
            {
                _findings.Enqueue($"{TargetOf(i)} has the events {string.Join(", ", taken)}.");
            }
        }
    }
}
