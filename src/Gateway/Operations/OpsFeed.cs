using System.Security.Claims;
using Otp.Events;
using Otp.Fraud;
using Otp.Gateway.Admin;
using Otp.Gateway.Pages;
using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>The figures as a stream: each event <c>figures</c> is all of them, as the caller may see them.</summary>
internal sealed class OpsFeed(GrainCall grainCall, EventStream stream, ProgramCatalog programs, TimeProvider time)
{
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(500);

    private readonly Feed<StatisticsSnapshot> _feed = new(latest => ReadAsync(grainCall, latest, time), UpdateInterval, time);
    private readonly ProgramStates _states = new(program => ReadStateAsync(grainCall, programs, program), time);

    /// <summary>Writes the figures of the caller's program, or of all programs to a developer, until the caller's token expires.</summary>
    public Task WatchAsync(HttpContext context)
    {
        var client = context.Features.Get<ProgramClient>();
        var program = client?.Program.Id;
        return stream.RunAsync(
            context,
            _feed,
            snapshot => new ServerEvent("figures", JsonSerializer.SerializeToUtf8Bytes(OpsView.Of(snapshot, StatesOf(program), program), OpsJson.Default.OpsView)),
            () => client is null || IsStillAllowed(context.User, client));
    }

    /// <summary>
    /// Adds the processes of an earlier snapshot that the grain no longer knows: a new activation does not know the silo that the one before
    /// it died with.
    /// </summary>
    internal static StatisticsSnapshot KeepProcesses(StatisticsSnapshot? earlier, StatisticsSnapshot latest, DateTimeOffset now)
    {
        var known = latest.Processes.Select(process => process.Process.Id).ToHashSet(StringComparer.Ordinal);
        var unknown = (earlier?.Processes ?? [])
            .Where(process => !known.Contains(process.Process.Id) && now - process.HeardAt < StatisticsSnapshot.ProcessRetention)
            .OrderByDescending(process => process.HeardAt)
            .Take(StatisticsSnapshot.MaxProcesses - latest.Processes.Length)
            .Select(process => process with
            {
                State = ProcessStatus.StateOf(process.State is ProcessState.Stopping or ProcessState.Stopped, now - process.HeardAt),
            });
        return latest with { Processes = [.. latest.Processes.Concat(unknown).OrderBy(process => process.Process.StartedAt)] };
    }

    private static async Task<StatisticsSnapshot?> ReadAsync(GrainCall grainCall, StatisticsSnapshot? earlier, TimeProvider time)
    {
        var latest = await grainCall.InvokeAsync<IStatisticsGrain, StatisticsSnapshot>(IStatisticsGrain.Key, grain => grain.Read());
        return KeepProcesses(earlier, latest, time.GetUtcNow());
    }

    // One shard after the other: all shards of all programs at once would be many calls for one page.
    private static async Task<ProgramState> ReadStateAsync(GrainCall grainCall, ProgramCatalog programs, string program)
    {
        var outboxes = new List<EventOutboxReport>();
        foreach (var shard in EventShards.Of(program))
        {
            var report = await grainCall.InvokeAsync<IEventOutboxGrain, EventOutboxReport>(shard, static outbox => outbox.Report());
            if (!report.HasEndpoint)
            {
                outboxes.Clear();
                break;
            }

            outboxes.Add(report);
        }

        ImmutableArray<BlockedPrefix>? blocked = programs.Current.Find(program)?.FraudGuard is null
            ? null
            : await grainCall.InvokeAsync<IBlockedPrefixesGrain, ImmutableArray<BlockedPrefix>>(program, static grain => grain.List());
        return new ProgramState(program, outboxes.Count == 0 ? null : EventsAnswer.Of(outboxes), blocked);
    }

    private List<ProgramState> StatesOf(string? program) =>
        [.. (program is null ? programs.Current.Ids : [program]).Order(StringComparer.Ordinal).Select(_states.Find).OfType<ProgramState>()];

    // What is checked of a token when a request begins, for a request that does not end by itself.
    private bool IsStillAllowed(ClaimsPrincipal user, ProgramClient client) =>
        long.TryParse(user.FindFirst("exp")?.Value, CultureInfo.InvariantCulture, out var expiry)
        && time.GetUtcNow().ToUnixTimeSeconds() < expiry
        && programs.Current.TryGetClient(client.Id, out var now)
        && now.Program.Id == client.Program.Id
        && now.HasRole(ClientRoles.Admin)
        && user.FindFirst(TokenClaims.Secret)?.Value is { } secret
        && now.HasSecret(secret);
}
