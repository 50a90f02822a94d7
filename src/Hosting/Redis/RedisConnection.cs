using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Otp.Hosting.Redis;

/// <summary>The process' one connection to Redis: membership and records share it.</summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly Lazy<Task<IConnectionMultiplexer>> _multiplexer;
    private volatile ConnectionMultiplexer? _connected;

    public RedisConnection(IOptions<RedisOptions> settings)
    {
        Options = RedisConnectionString.TryParse(settings.Value.ConnectionString, out var options, out var fault)
            ? options
            : throw new ArgumentException(fault, nameof(settings));
        _multiplexer = new(OpenAsync);
    }

    /// <summary>How to reach it.</summary>
    public ConfigurationOptions Options { get; }

    /// <summary>Whether Redis can be reached, as far as is known.</summary>
    public bool IsConnected => _connected?.IsConnected is true;

    /// <summary>The multiplexer, connected at the first call.</summary>
    /// <exception cref="RedisUnavailableException">Redis cannot be reached, or refuses the process.</exception>
    public Task<IConnectionMultiplexer> ConnectAsync() => _multiplexer.Value;

    public ValueTask DisposeAsync() => _connected?.DisposeAsync() ?? default;

    private async Task<IConnectionMultiplexer> OpenAsync()
    {
        try
        {
            return _connected = await ConnectionMultiplexer.ConnectAsync(Options);
        }
        catch (RedisConnectionException exception)
        {
            throw new RedisUnavailableException(string.Join(", ", Options.EndPoints.Select(Name)), exception);
        }
    }

    private static string Name(EndPoint endpoint) => endpoint is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endpoint.ToString()!;
}
