using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Overload;

/// <summary>Finds out how much a cluster can serve, offers it a multiple of that, and looks at who waits, who is refused, and what is left afterwards.</summary>
internal sealed class OverloadRun(OtpCluster cluster, OverloadOptions options, Action<string> tell)
{
    private const int ConnectionsOfCapacity = 64;

    // Before that, what can be served is a fraction of what it is later, because the compiler is at work.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CapacityDuration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServedMedian = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefusedLimit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NormalAnswer = TimeSpan.FromMilliseconds(500);

    /// <summary>What overload leaves in memory beyond what it was after the first half.</summary>
    private const long AllowedGrowth = 128 << 20;

    private readonly List<string> _findings = [];
    private readonly ServiceProcess[] _processes = [.. cluster.Gateways, .. cluster.Silos.Select(silo => silo.Process)];

    /// <summary>What the settings must allow: the load sends to the same targets over and over.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(ServiceSettings.Measured, StringComparer.Ordinal)
    {
        ["Otp__Programs__20__Policy__Windows__0__Limit"] = "1000",
        ["Logging__LogLevel__Orleans"] = "Warning",
    };

    /// <summary>Runs it.</summary>
    /// <returns>What did not hold.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Url };
        var token = await TokenAsync(http);
        Uri[] gateways = [.. cluster.Gateways.Select(gateway => gateway.Url!)];
        double capacity;
        using (var load = new OpenLoad(gateways, ConnectionsOfCapacity, token))
        {
            await RunAsync(load, double.PositiveInfinity, WarmUp);
            var calm = await RunAsync(load, double.PositiveInfinity, CapacityDuration);
            tell($"Capacity: {calm}");
            capacity = calm.ServedPerSecond;
        }

        using (var load = new OpenLoad(gateways, options.Callers, token))
        {
            var first = await RunAsync(load, capacity * options.Multiple, options.Duration / 2);
            var memory = ResidentBytes();
            var second = await RunAsync(load, capacity * options.Multiple, options.Duration / 2);
            var grown = ResidentBytes() - memory;
            tell($"First half: {first}");
            tell($"Second half: {second}; × {second.OfferedPerSecond / capacity:0.0} of the capacity offered; memory {memory >> 20} MiB, then {(memory + grown) >> 20} MiB");
            Judge(first);
            Judge(second);
            Demand(Array.TrueForAll(_processes, process => !process.HasExited), "A process ended.");
            Demand(grown <= AllowedGrowth, $"Memory grew by {grown >> 20} MiB.");
        }

        await RecoverAsync(http, token);
        return _findings;
    }

    private static Task<OpenLoadResult> RunAsync(OpenLoad load, double rate, TimeSpan duration) =>
        Task.Factory.StartNew(() => load.Run(rate, duration), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task<string> TokenAsync(HttpClient http)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["username"] = Rules.Hasty.Client,
            ["password"] = ServiceSettings.ClientSecret,
        });
        using var answer = await http.PostAsync(new Uri("/v2/token", UriKind.Relative), form);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["accessToken"]!.GetValue<string>();
    }

    private void Judge(OpenLoadResult result)
    {
        Demand(result.Wrong.Count == 0, $"Answers that were neither 200 nor 503 with Retry-After: {string.Join(", ", result.Wrong.Select(wrong => $"{wrong.Key}: {wrong.Value}"))}.");
        Demand(result.Unanswered == 0, $"{result.Unanswered} requests were not answered.");
        Demand(result.Served > 0, "Nobody was served.");
        Demand(result.ServedWithin(0.5) <= ServedMedian.TotalMilliseconds, $"Half of those served waited more than {result.ServedWithin(0.5):0} ms.");
        Demand(result.RefusedWithin(0.99) <= RefusedLimit.TotalMilliseconds, $"One in a hundred of those refused waited more than {result.RefusedWithin(0.99):0} ms.");
    }

    private async Task RecoverAsync(HttpClient http, string token)
    {
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var end = new RunClock();
        var (normal, slowest) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; end.Now < Recovery * 2; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsJsonAsync(new Uri("/v2/giftcards/customers/otp/send", UriKind.Relative), new { target = $"after-{i}@load.example.com" });
            var elapsed = Stopwatch.GetElapsedTime(asked);
            if (answer.StatusCode != HttpStatusCode.OK || elapsed > NormalAnswer)
            {
                normal = end.Now;
            }

            slowest = end.Now > Recovery && elapsed > slowest ? elapsed : slowest;
            await Pause.ForAsync(TimeSpan.FromMilliseconds(20));
        }

        tell($"Normal service {normal.TotalSeconds:0.0} s after the end; the slowest answer after {Recovery.TotalSeconds:0} s took {slowest.TotalMilliseconds:0} ms.");
        Demand(normal <= Recovery, $"Service was not normal {Recovery.TotalSeconds:0} s after the end.");
    }

    private long ResidentBytes() => _processes.Where(process => !process.HasExited).Sum(process => process.ResidentBytes);

    private void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            _findings.Add(otherwise);
        }
    }
}

/// <summary>How much overload, and for how long.</summary>
/// <param name="Multiple">How many times of what the cluster can serve it is offered.</param>
/// <param name="Duration">How long.</param>
/// <param name="Callers">How many connections there are; each bears one request at a time.</param>
internal sealed record OverloadOptions(double Multiple, TimeSpan Duration, int Callers);
