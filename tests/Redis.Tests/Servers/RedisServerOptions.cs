using System.Security.Cryptography.X509Certificates;

namespace Otp.Redis.Servers;

/// <summary>How a server is started.</summary>
internal sealed record RedisServerOptions
{
    /// <summary>Where it listens; on a free port if not set.</summary>
    public int? Port { get; init; }

    public string? Password { get; init; }

    /// <summary>Lines of an access-list file.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>Every write is on disk before its reply.</summary>
    public bool Durable { get; init; }

    /// <summary>With which it serves TLS too, on a port of its own (redis-server only).</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>A node of a Redis Cluster (redis-server only).</summary>
    public bool Cluster { get; init; }
}
