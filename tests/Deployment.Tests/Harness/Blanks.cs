using System.Security.Cryptography;

namespace Otp.Deployment.Harness;

/// <summary>Fills in what the examples leave blank, as an operator does: the same value for the same setting, wherever it stands.</summary>
internal sealed class Blanks
{
    /// <summary>The client that the examples have, and its secret.</summary>
    public const string Client = "web-shop";

    public const string ClientSecret = "demo-secret";

    // Of ClientSecret, by the gateway's hash-secret command.
    private const string SecretHash = "AQAAAAIAAYagAAAAEFgWE9/HTqG7YzKnCglSHgXM1XJ142keYOEucsmcQ6RXbZKDzZIiMiS3fkG+CJeSRw==";

    private readonly Dictionary<string, string> _filled = new(StringComparer.Ordinal);

    public string RedisPassword { get; } = RandomNumberGenerator.GetHexString(48, lowercase: true);

    /// <summary>Where the deployment's Redis is, as its settings say.</summary>
    public required string Redis { get; init; }

    /// <summary>The settings with nothing left blank.</summary>
    public Dictionary<string, string> Fill(IEnumerable<KeyValuePair<string, string>> settings) => settings.ToDictionary(
        static setting => setting.Key,
        setting => setting.Value.Length > 0 ? setting.Value : ValueOf(setting.Key),
        StringComparer.Ordinal);

    private string ValueOf(string setting)
    {
        if (!_filled.TryGetValue(setting, out var value))
        {
            _filled[setting] = value = New(setting);
        }

        return value;
    }

    private string New(string setting) => setting switch
    {
        "REDIS_PASSWORD" => RedisPassword,
        "ConnectionStrings__redis" => $"{Redis},password={RedisPassword}",
        _ when setting.EndsWith("__SecretHashes__0", StringComparison.Ordinal) => SecretHash,
        _ when setting.EndsWith("__Host", StringComparison.Ordinal) => "mail.example.com",
        _ when setting.EndsWith("__UserName", StringComparison.Ordinal) || setting.EndsWith("__Password", StringComparison.Ordinal) => "mailer",
        _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };
}
