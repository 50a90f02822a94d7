using Orleans.Configuration;

namespace Otp.Hosting.Cluster.Membership;

/// <summary>How soon the cluster notices that a process is gone. The reasons are in <c>docs/decisions/16-failure-detection.md</c>.</summary>
internal static class ClusterTimes
{
    /// <summary>How often a silo writes that it is alive, and reads the membership table.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a silo may trust its memory after a read of the table that showed it as active. Less than the 1.2 s that others wait at least before they declare it dead.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(1);

    /// <summary>How long a silo's heartbeat may stand still before a silo that reaches Redis declares it dead.</summary>
    public static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(1.25);

    /// <summary>How long a gap between two looks at the heartbeats may be, so that they still say something of the others and not of who looks.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(750);

    /// <summary>How long a connection to a silo's port may take to be refused.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>How often a gateway reads which silos there are.</summary>
    public static readonly TimeSpan GatewayListRefreshPeriod = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a call may take as a whole, on Orleans' side.</summary>
    public static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    public static void AddClusterTimes(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(static options =>
        {
            options.ProbeTimeout = options.MinProbeTimeout = options.MaxProbeTimeout = ProbeInterval;
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(10);
            options.EnableIndirectProbes = false;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            options.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
            options.DefunctSiloExpiration = TimeSpan.FromHours(1);
            options.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
        silo.Configure<SiloMessagingOptions>(static options => options.ResponseTimeout = options.SystemResponseTimeout = ResponseTimeout);
        silo.Services.Configure<ConnectionOptions>(Connect);
    }

    public static void AddClusterTimes(this IClientBuilder client)
    {
        client.Services.Configure<GatewayOptions>(static options => options.GatewayListRefreshPeriod = GatewayListRefreshPeriod);
        client.Services.Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout);
        client.Services.Configure<ConnectionOptions>(Connect);
    }

    private static void Connect(ConnectionOptions options)
    {
        options.ConnectionRetryDelay = TimeSpan.FromMilliseconds(100);
        options.OpenConnectionTimeout = TimeSpan.FromSeconds(1);
    }
}
