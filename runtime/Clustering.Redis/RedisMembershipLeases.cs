using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Redis;
using Orleans.Runtime;

namespace Orleans.Clustering.Redis;

/// <summary>The membership table in Redis: the hash <c>{ServiceId}/members/{ClusterId}</c>, gone a day after its last silo.</summary>
internal sealed class RedisMembershipLeases(string connectionString, IOptions<ClusterOptions> cluster, ILoggerFactory logging)
    : IMembershipLeases, IAsyncDisposable
{
    private static readonly RedisScript Script = new(MembershipScript.Text);
    private static readonly long Expiry = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private readonly RedisClient _client = RedisClients.Take(connectionString, logging);
    private readonly string _key = $"{cluster.Value.ServiceId}/members/{cluster.Value.ClusterId}";

    public TimeSpan Duration { get; } = TimeSpan.FromSeconds(2);

    public Task<LeaseReply> JoinAsync(ClusterMember member, long knownVersion) => RunAsync("join", knownVersion, member, new HandedOver(knownVersion, []));

    public Task<LeaseReply> RenewAsync(ClusterMember member, HandedOver handedOver, long knownVersion) =>
        RunAsync("renew", knownVersion, member, handedOver);

    public Task LeaveAsync(ClusterMember member) => RunAsync("leave", knownVersion: 0, member);

    public Task<LeaseReply> ReadAsync(long knownVersion) => RunAsync("read", knownVersion);

    public ValueTask DisposeAsync() => RedisClients.ReleaseAsync(connectionString);

    private async Task<LeaseReply> RunAsync(string operation, long knownVersion, ClusterMember? member = null, HandedOver? handedOver = null)
    {
        var reply = await _client.EvaluateAsync(
            Script,
            _key,
            operation,
            knownVersion,
            (long)Duration.TotalMilliseconds,
            Expiry,
            member is null ? string.Empty : MemberFormat.Field(member),
            member is null ? string.Empty : MemberFormat.Endpoint(member),
            handedOver is { } given ? MemberFormat.Text(given) : string.Empty,
            member is null ? string.Empty : MemberFormat.Data(member));
        return reply.Items is [{ Integer: var isMember }, var text, { Integer: var nextEnd }, var rows, var laggards]
            && long.TryParse(text.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(
                isMember == 1,
                version,
                version == knownVersion ? null : new(version, rows.Items.Chunk(2).Select(static row => MemberFormat.Read(row[0], row[1]))),
                TimeSpan.FromMilliseconds(nextEnd),
                [.. laggards.Items.Chunk(2).Select(static row => (MemberFormat.ReadAddress(row[0]), MemberFormat.ReadHandedOver(row[1])))])
            : throw new FormatException("Redis answered the membership script in an unknown form.");
    }
}
