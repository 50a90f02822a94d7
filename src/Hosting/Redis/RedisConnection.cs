using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Otp.Hosting.Redis;

/// <summary>The process' one connection to Redis: membership and records share it.</summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly Lazy<Task<IConnectionMultiplexer>> _multiplexer;
    private volatile ConnectionMultiplexer? _connected;

    public RedisConnection(IConfiguration configuration)
    {
        Options = RedisOptions.Parse(configuration.GetConnectionString("redis")!);
        _multiplexer = new(async () => _connected = await ConnectionMultiplexer.ConnectAsync(Options));
    }

    /// <summary>How to reach it.</summary>
    public ConfigurationOptions Options { get; }

    /// <summary>Whether Redis can be reached, as far as is known.</summary>
    public bool IsConnected => _connected?.IsConnected is true;

    /// <summary>The multiplexer, connected at the first call.</summary>
    /// <exception cref="RedisConnectionException">Redis cannot be reached, or refuses the process.</exception>
    public Task<IConnectionMultiplexer> ConnectAsync() => _multiplexer.Value;

    public ValueTask DisposeAsync() => _connected?.DisposeAsync() ?? default;
}
