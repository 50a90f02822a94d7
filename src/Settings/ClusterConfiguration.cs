using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Otp;

/// <summary>
/// What <c>ConnectionStrings:redis</c> means: it expands to Orleans' own configuration section. What a user sets there itself wins.
/// </summary>
public static class ClusterConfiguration
{
    private const string Redis = "redis";

    /// <summary>Whether the process is a service of its own, its state in memory: no Redis is named.</summary>
    public static bool IsEmbedded(this IConfiguration configuration) => string.IsNullOrWhiteSpace(configuration.GetConnectionString(Redis));

    /// <summary>Whether a gateway's process hosts a silo too (<c>Otp:Topology</c>).</summary>
    public static bool HostsSilo(this IConfiguration configuration) =>
        configuration.IsEmbedded() || string.Equals(configuration["Otp:Topology"], nameof(Topology.Combined), StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds Orleans' settings for the cluster on Redis, below everything that is configured already.</summary>
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
}
