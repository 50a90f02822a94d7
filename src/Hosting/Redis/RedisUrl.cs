using System.Globalization;
using StackExchange.Redis;

namespace Otp.Hosting.Redis;

/// <summary>Reads <c>redis://user:password@host:port/db?option=value</c>, and <c>rediss://</c> for TLS.</summary>
internal static class RedisUrl
{
    private const string Tls = "rediss";
    private const int DefaultPort = 6379;

    private const string Fault =
        "it is not a URL like redis://user:password@host:port/db (rediss for TLS). In a user or password, all but letters and digits is percent-encoded.";

    private static readonly string[] Schemes = ["redis", Tls];

    public static bool IsUrl(string text) => Schemes.Any(scheme => text.TrimStart().StartsWith($"{scheme}://", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a URL; returns the fault, or null.</summary>
    public static string? Read(string text, out ConfigurationOptions? options)
    {
        options = null;
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url)
            || url.HostNameType is UriHostNameType.Unknown or UriHostNameType.Basic
            || url.Fragment.Length > 0
            || !TryReadDatabase(url, out var database)
            || ReadUser(url) is not var (user, password))
        {
            return Fault;
        }

        string[] query = [.. url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        for (var i = 0; i < query.Length; i++)
        {
            if (query[i].Contains(',', StringComparison.Ordinal))
            {
                return Fault;
            }

            if (RedisConnectionString.FaultOf(query[i], i + 1) is { } fault)
            {
                return $"after '?', {fault}";
            }
        }

        options = query.Length == 0 ? new ConfigurationOptions() : ConfigurationOptions.Parse(string.Join(',', query));
        options.EndPoints.Add(url.IdnHost, url.Port < 0 ? DefaultPort : url.Port);
        options.Ssl |= url.Scheme == Tls;
        (options.DefaultDatabase, options.User, options.Password) = (database ?? options.DefaultDatabase, user ?? options.User, password ?? options.Password);
        return null;
    }

    private static bool TryReadDatabase(Uri url, out int? database)
    {
        database = null;
        if (url.AbsolutePath is "" or "/")
        {
            return true;
        }

        var isNumber = int.TryParse(url.AbsolutePath[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        database = number;
        return isNumber;
    }

    private static (string? User, string? Password)? ReadUser(Uri url) => url.UserInfo.Split(':') switch
    {
        [""] => (null, null),
        ["", var password] => (null, Uri.UnescapeDataString(password)),
        [var user, var password] => (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password)),
        _ => null,
    };
}
