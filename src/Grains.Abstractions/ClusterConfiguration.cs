using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Orleans.Otp;

/// <summary>
/// What <c>ConnectionStrings:redis</c> means: it expands to Orleans' own configuration section, which both engines read. What a user sets
/// there itself wins.
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
        var redis = configuration.GetConnectionString(Redis);
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Orleans:ClusterId"] = "otp",
                ["Orleans:ServiceId"] = "otp",
                ["Orleans:ClusterSecret"] = ClusterSecret(configuration["Otp:IndexKey"]),
                ["Orleans:Clustering:ProviderType"] = "Redis",
                ["Orleans:Clustering:ConnectionString"] = redis,
                ["Orleans:GrainStorage:otp:ProviderType"] = "Redis",
                ["Orleans:GrainStorage:otp:ConnectionString"] = redis,
                ["Orleans:GrainStorage:customers:ProviderType"] = "Redis",
                ["Orleans:GrainStorage:customers:ConnectionString"] = redis,
                ["Orleans:GrainStorage:members:ProviderType"] = "Redis",
                ["Orleans:GrainStorage:members:ConnectionString"] = redis,
                ["Orleans:Messaging:ResponseTimeout"] = "00:00:10",
            },
        });
    }

    // What silos prove to each other that they belong together; null (and refused later) where the index key is missing or no key.
    private static string? ClusterSecret(string? indexKey)
    {
        var key = new byte[indexKey?.Length ?? 0];
        return Convert.TryFromBase64String(indexKey ?? string.Empty, key, out var length) && length >= 32
            ? Convert.ToBase64String(
                HKDF.DeriveKey(HashAlgorithmName.SHA256, key[..length], 32, info: Encoding.ASCII.GetBytes("orleans.otp cluster")))
            : null;
    }
}
