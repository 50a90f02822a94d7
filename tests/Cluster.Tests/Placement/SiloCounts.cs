using System.Net.ServerSentEvents;
using System.Text.Json;
using Otp.Cluster.Processes;
using Otp.Statistics;

namespace Otp.Cluster.Placement;

/// <summary>How many grains each silo holds, by its own word, from the stream of <c>/ops</c>.</summary>
internal static class SiloCounts
{
    // A silo counts its grains anew after some seconds.
    private static readonly TimeSpan CountedAfter = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Waits until every silo that runs has counted after this call.</summary>
    /// <returns>The counts by the silos' addresses.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> ReadAsync(OtpCluster cluster)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Limit);
        var counted = TimeProvider.System.GetUtcNow() + CountedAfter;
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Url };
        await using var stream = await http.GetStreamAsync(new Uri("/ops/stream", UriKind.Relative), end.Token);
        await foreach (var figures in SseParser.Create(stream).EnumerateAsync(end.Token))
        {
            if (figures.EventType != "figures")
            {
                continue;
            }

            var silos = SilosOf(figures.Data).Where(silo => silo.State == nameof(ProcessState.Active)).ToList();
            if (silos.Count == cluster.Silos.Count && silos.TrueForAll(silo => silo.HeardAt >= counted))
            {
                return silos.ToDictionary(silo => silo.Address, silo => silo.Activations, StringComparer.Ordinal);
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }

    private static IEnumerable<(string Address, string? State, DateTimeOffset HeardAt, long Activations)> SilosOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var process in document.RootElement.GetProperty("processes").EnumerateArray())
        {
            var (identity, load) = (process.GetProperty("process"), process.GetProperty("load"));
            if (identity.GetProperty("role").GetString() == nameof(ProcessRole.Silo))
            {
                yield return (
                    identity.GetProperty("silo").GetString()!,
                    process.GetProperty("state").GetString(),
                    process.GetProperty("heardAt").GetDateTimeOffset(),
                    load.GetProperty("activations").GetInt64());
            }
        }
    }
}
