using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Otp.Programs;

namespace Otp;

/// <summary>What <c>ConnectionStrings:redis</c> means for a process, and the Orleans settings that it implies.</summary>
public static class ClusterConfiguration
{
    private const string Redis = "redis";

    /// <summary>Whether the process serves alone, with its state in memory, because no Redis is configured.</summary>
    public static bool IsEmbedded(this IConfiguration configuration) => string.IsNullOrWhiteSpace(configuration.GetConnectionString(Redis));

    /// <summary>Whether a gateway's process hosts a silo too (<c>Otp:Topology</c>).</summary>
    public static bool HostsSilo(this IConfiguration configuration) =>
        configuration.IsEmbedded() || configuration.Is(Topology.Combined);

    /// <summary>Whether a gateway's process is a member of the cluster without grains of the domain (<c>Otp:Topology</c>).</summary>
    public static bool IsMember(this IConfiguration configuration) => !configuration.IsEmbedded() && configuration.Is(Topology.Member);

    /// <summary>Adds Orleans' settings for a cluster on Redis. Every other source of configuration overrides them.</summary>
    public static void ExpandRedis(this IConfigurationManager configuration)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Orleans:ClusterId"] = "otp",
                ["Orleans:ServiceId"] = "otp",
                ["Orleans:Messaging:ResponseTimeout"] = "00:00:10",
            },
        });
    }

    private static bool Is(this IConfiguration configuration, Topology topology) =>
        string.Equals(configuration["Otp:Topology"], topology.ToString(), StringComparison.OrdinalIgnoreCase);
}
