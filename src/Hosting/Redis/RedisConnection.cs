using System.Net;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Otp.Hosting.Redis;

/// <summary>Where the Redis of a cluster is: <c>ConnectionStrings:redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>The setting, for messages.</summary>
    public const string Key = "ConnectionStrings:redis";

    /// <summary>The setting's value, which <see cref="RedisConnectionString"/> reads. It may hold a password.</summary>
    public string ConnectionString { get; set; } = string.Empty;
}

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

    public ConfigurationOptions Options { get; }

    /// <summary>Whether the connection is open, as far as the client knows.</summary>
    public bool IsConnected => _connected?.IsConnected is true;

    /// <summary>The multiplexer. The first call connects it.</summary>
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

/// <summary>Redis cannot be reached, or refuses the process. The server's own message may repeat a password, and is not shown.</summary>
/// <param name="endpoints">The addresses that were tried.</param>
/// <param name="cause">The client's exception.</param>
public sealed class RedisUnavailableException(string endpoints, RedisConnectionException cause)
    : Exception(Describe(endpoints, cause.FailureType), cause)
{
    private static string Describe(string endpoints, ConnectionFailureType failure) => failure == ConnectionFailureType.AuthenticationFailure
        ? $"Redis at {endpoints} refuses the user, the password or the certificate."
        : $"Redis at {endpoints} cannot be reached ({failure}).";
}

/// <summary>Connects before any other service starts, so that a Redis that cannot be reached is reported as such.</summary>
internal sealed class RedisStart(RedisConnection redis) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken) => await redis.ConnectAsync().WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
