using System.Diagnostics.CodeAnalysis;
using System.Net;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Otp.Hosting.Redis;

/// <summary>
/// Reads a connection string, StackExchange.Redis' list of endpoints and options or a URL (<see cref="RedisUrl"/>). A fault quotes only the
/// names of options that exist, because any other text may be part of a password.
/// </summary>
public static class RedisConnectionString
{
    private const string CommaHint =
        "Endpoints come first, then options like ssl=true; a password with a comma is written in a URL, redis://user:password@host:port, with %2C for the comma.";

    /// <summary>Reads a connection string. Options that it does not set have the service's own defaults.</summary>
    /// <param name="fault">What is wrong with it.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ConfigurationOptions? options, [NotNullWhen(false)] out string? fault)
    {
        options = null;
        fault = RedisUrl.IsUrl(text) ? RedisUrl.Read(text, out options) : ReadList(text, out options);
        if (fault is null)
        {
            options!.Defaults = new RedisDefaults();

            // The library's own threads would hand each answer over to the pool that runs the grains (decision 32).
            options.SocketManager = SocketManager.ThreadPool;
        }

        return fault is null;
    }

    /// <summary>The fault of one option, such as <c>ssl=true</c>; null if it has none.</summary>
    internal static string? FaultOf(string option, int part)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            return $"part {part} is no option. {CommaHint}";
        }

        if (!CanParse(option, ignoreUnknown: true))
        {
            return $"the value of its option '{option[..equals].TrimEnd()}' is not understood.";
        }

        return CanParse(option, ignoreUnknown: false) ? null : $"part {part} is an option that does not exist. {CommaHint}";
    }

    private static string? ReadList(string text, out ConfigurationOptions? options)
    {
        options = null;
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var endpoints = parts.TakeWhile(part => !part.Contains('=', StringComparison.Ordinal)).Count();
        for (var i = 0; i < parts.Length; i++)
        {
            if ((i < endpoints ? FaultOfEndpoint(parts[i], i + 1) : FaultOf(parts[i], i + 1)) is { } fault)
            {
                return fault;
            }
        }

        if (endpoints == 0)
        {
            return "it names no endpoint: host:port comes first, then the options.";
        }

        options = ConfigurationOptions.Parse(string.Join(',', parts));
        return null;
    }

    private static string? FaultOfEndpoint(string endpoint, int part) =>
        endpoint.Length > 0 && CanParse(endpoint, ignoreUnknown: false) && ConfigurationOptions.Parse(endpoint).EndPoints is [var parsed] && IsHost(parsed)
            ? null
            : $"part {part} is not host:port.";

    private static bool IsHost(EndPoint endpoint) => endpoint is not DnsEndPoint dns || Uri.CheckHostName(dns.Host) == UriHostNameType.Dns;

    private static bool CanParse(string part, bool ignoreUnknown)
    {
        try
        {
            ConfigurationOptions.Parse(part, ignoreUnknown);
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}

/// <summary>The service's defaults for options that the connection string does not set.</summary>
internal sealed class RedisDefaults : DefaultOptionsProvider
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    public override TimeSpan? ConnectTimeout => Timeout;

    public override TimeSpan SyncTimeout => Timeout;

    /// <summary>Commands fail at once while there is no connection, so that callers retry and no commands pile up.</summary>
    public override BacklogPolicy BacklogPolicy => BacklogPolicy.FailFast;

    /// <summary>How often the client checks for timeouts and lost connections, and so the precision of the other times here.</summary>
    public override TimeSpan HeartbeatInterval => RetryDelay;

    public override IReconnectRetryPolicy? ReconnectRetryPolicy { get; } = new LinearRetry((int)RetryDelay.TotalMilliseconds);

    /// <summary>The library's default is the machine's name, which may be a person's, and Redis shows and logs it.</summary>
    protected override string GetDefaultClientName() => "orleans-otp";
}
