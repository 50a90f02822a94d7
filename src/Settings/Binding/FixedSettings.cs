using Microsoft.Extensions.Configuration;
using Otp.Programs;

namespace Otp.Settings;

/// <summary>The settings that are read once, at start: keys, topology, storage, delivery. All but those that programs are made of.</summary>
internal sealed class FixedSettings
{
    private static readonly string[] Changeable =
    [
        nameof(OtpOptions.Programs), nameof(OtpOptions.Policy), nameof(OtpOptions.Lockout), nameof(OtpOptions.Limits), nameof(OtpOptions.Templates),
        $"{nameof(OtpOptions.Tokens)}:{nameof(TokenOptions.Lifetime)}",
    ];

    private readonly IConfiguration _section;
    private readonly Dictionary<string, string?> _atStart;

    public FixedSettings(IConfiguration section)
    {
        _section = section;
        _atStart = Read();
    }

    /// <summary>Every setting that is not as it was at start.</summary>
    public IEnumerable<string> Faults()
    {
        var now = Read();
        return _atStart.Keys.Union(now.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => !string.Equals(_atStart.GetValueOrDefault(key), now.GetValueOrDefault(key), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(key => $"{OtpOptions.Section}:{key} has changed, which takes a restart.");
    }

    private Dictionary<string, string?> Read() => _section.AsEnumerable(makePathsRelative: true)
        .Where(setting => setting.Value is not null && !Changeable.Any(part => IsWithin(setting.Key, part)))
        .ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase);

    private static bool IsWithin(string key, string part) =>
        key.StartsWith(part, StringComparison.OrdinalIgnoreCase) && (key.Length == part.Length || key[part.Length] == ':');
}
