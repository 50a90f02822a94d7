using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Otp.Programs;

namespace Otp.Bench.Comparison.Systems;

/// <summary>Keys, program and client that all systems are given, and the one token that every request carries.</summary>
/// <remarks>
/// The environment is neither Development, whose diagnostics cost time, nor Production, which refuses to give codes away: the load has to
/// know them. Messages are composed and dropped.
/// </remarks>
internal sealed class SharedSettings
{
    private const string Program = "19";
    private const string Client = "bench";

    private readonly byte[] _signingKey = NewKey();
    private readonly string _codeKey = Convert.ToBase64String(NewKey());
    private readonly string _indexKey = Convert.ToBase64String(NewKey());
    private readonly string _clusterSecret = Convert.ToBase64String(NewKey());
    private readonly string _secretHash = Convert.ToBase64String(NewKey());

    private readonly Uri _receiver;
    private int _clusters;

    /// <summary>Makes them up.</summary>
    /// <param name="receiver">Where telemetry goes, of the systems that export some.</param>
    public SharedSettings(Uri receiver)
    {
        _receiver = receiver;
        Token = NewToken();
    }

    /// <summary>A token as the gateway issues them.</summary>
    public string Token { get; }

    /// <summary>The environment of a system's processes.</summary>
    public Dictionary<string, string> For(SystemKind kind, string redis)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Measurement",
            ["DOTNET_ENVIRONMENT"] = "Measurement",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Otp__CodeKeys__0"] = _codeKey,
            ["Otp__IndexKey"] = _indexKey,
            ["Otp__Tokens__SigningKeys__0"] = Convert.ToBase64String(_signingKey),
            ["Otp__Limits__SendsPerAddress__Limit"] = "0",
            ["Otp__ExposeCodes"] = "true",
            ["Otp__AllowExposedCodes"] = "Measurement",
            ["Otp__Delivery__Email__0"] = "discard",
            [$"Otp__Programs__{Program}__Name"] = "demo",
            [$"Otp__Programs__{Program}__AllowUnregistered"] = "true",
            [$"Otp__Programs__{Program}__Clients__{Client}__SecretHashes__0"] = _secretHash,
            [$"Otp__Programs__{Program}__Clients__{Client}__Roles__0"] = "otp",
        };
        if (kind != SystemKind.Embedded)
        {
            settings["ConnectionStrings__redis"] = redis;
            settings["Otp__Topology"] = kind.Topology;
            settings["Orleans__ServiceId"] = kind.Name;
            settings["Otp__Cluster__Secret"] = _clusterSecret;
            // One of its own for each start: a silo that joins waits for those that were killed under the same name.
            settings["Orleans__ClusterId"] = $"{kind.Name}-{++_clusters}";
            settings["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1";
        }

        if (kind.Traced is { } share)
        {
            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = _receiver.ToString();
            settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            settings["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio";
            settings["OTEL_TRACES_SAMPLER_ARG"] = share.ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    private string NewToken()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = "orleans-otp",
            ["aud"] = "orleans-otp-api",
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 86_400,
            ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            ["sub"] = Client,
            ["client_id"] = Client,
            ["program"] = Program,
            ["roles"] = new[] { "otp" },
            ["secret"] = new ClientSecret(_secretHash).Id,
        });
        var text = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(_signingKey, Encoding.ASCII.GetBytes(text)))}";
    }
}
