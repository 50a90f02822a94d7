using System.Globalization;
using System.Net;
using System.Net.Security;

namespace Orleans.Redis;

/// <summary>
/// Where Redis is and how to talk to it:
/// <c>host[:port][,host[:port]…][,password=…][,user=…][,ssl=true][,defaultDatabase=n][,name=…][,connectTimeout=ms][,asyncTimeout=ms]</c>.
/// Several addresses are tried in turn; in a Redis Cluster any of them leads to the others.
/// </summary>
internal sealed record RedisOptions
{
    private const int DefaultPort = 6379;

    public required IReadOnlyList<DnsEndPoint> Endpoints { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    public bool Ssl { get; init; }

    public int Database { get; init; }

    /// <summary>What <c>CLIENT LIST</c> shows.</summary>
    public string ClientName { get; init; } = "orleans";

    /// <summary>For the connection, its TLS handshake and its greeting together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From a command's call to its reply.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait before the second attempt to connect; each further one doubles it, up to <see cref="MaxBackOff"/>.</summary>
    public TimeSpan MinBackOff { get; init; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan MaxBackOff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Commands that may wait for a reply on one connection; further ones are refused at once.</summary>
    public int MaxInFlight { get; init; } = 32_768;

    /// <summary>Bytes that may wait to be sent on one connection; further commands are refused at once.</summary>
    public int MaxUnsentBytes { get; init; } = 16 << 20;

    /// <summary>Judges the server's certificate; by default the system's trust decides.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>Reads a connection string.</summary>
    /// <exception cref="FormatException">The text is not a connection string. The message names the setting, never its value.</exception>
    public static RedisOptions Parse(string connectionString)
    {
        var endpoints = new List<DnsEndPoint>();
        var options = new RedisOptions { Endpoints = endpoints };
        foreach (var part in connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            if (separator < 0)
                endpoints.Add(ParseEndpoint(part) ?? throw new FormatException($"Address {endpoints.Count + 1} of the Redis connection string is not host:port."));
            else
                options = options.With(part[..separator].Trim(), part[(separator + 1)..].Trim());
        }

        return endpoints.Count > 0 ? options : throw new FormatException("The Redis connection string names no host.");
    }

    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[v6]:port</c>; the port follows the last colon. Null if it is none of them.</summary>
    public static DnsEndPoint? ParseEndpoint(string text)
    {
        var colon = text.EndsWith(']') ? -1 : text.LastIndexOf(':');
        var host = (colon < 0 ? text : text[..colon]).Trim('[', ']');
        var port = DefaultPort;
        if (colon >= 0 && !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
            return null;
        return host.Length > 0 && port is > 0 and <= IPEndPoint.MaxPort ? new DnsEndPoint(host, port) : null;
    }

    /// <summary>The addresses alone.</summary>
    public override string ToString() => string.Join(',', Endpoints.Select(Text));

    /// <summary><c>host:port</c>.</summary>
    public static string Text(DnsEndPoint endpoint) => $"{endpoint.Host}:{endpoint.Port}";

    private RedisOptions With(string name, string value) => name.ToUpperInvariant() switch
    {
        "PASSWORD" => this with { Password = value },
        "USER" => this with { User = value },
        "NAME" => this with { ClientName = value },
        "SSL" => this with { Ssl = bool.TryParse(value, out var ssl) ? ssl : throw Invalid(name, "true or false") },
        "DEFAULTDATABASE" => this with { Database = Number(name, value, least: 0) },
        "CONNECTTIMEOUT" => this with { ConnectTimeout = TimeSpan.FromMilliseconds(Number(name, value, least: 1)) },
        "ASYNCTIMEOUT" => this with { CommandTimeout = TimeSpan.FromMilliseconds(Number(name, value, least: 1)) },
        _ => throw new FormatException($"The Redis connection string has an unknown setting '{name}'."),
    };

    private static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw Invalid(name, $"a whole number from {least}");

    private static FormatException Invalid(string name, string expected) =>
        new($"Setting '{name}' of the Redis connection string is not {expected}.");
}
