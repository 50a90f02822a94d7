using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>The providers that there are, by the names that lists give them.</summary>
internal sealed partial class ProviderNames
{
    private readonly (string Name, string Kind)[] _configured;
    private readonly string[] _known;

    public ProviderNames(DeliveryOptions options, IEnumerable<DeliveryProviderName> registered)
    {
        _configured =
        [
            .. options.Smtp.Keys.Select(name => (name, "Smtp")),
            .. options.Twilio.Keys.Select(name => (name, "Twilio")),
            .. options.Webhook.Keys.Select(name => (name, "Webhook")),
        ];
        _known =
        [
            .. registered.Select(provider => provider.Value)
                .Concat(_configured.Select(provider => provider.Name))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The faults of the names themselves.</summary>
    public IEnumerable<string> NameFaults(string path)
    {
        foreach (var (name, kind) in _configured)
        {
            if (!Token().IsMatch(name))
                yield return $"{path}:{kind}:{name}: a provider's name is 1–32 ASCII letters, digits, '_' and '-'.";
            if (_known.Count(known => Same(known, name)) > 1)
                yield return $"{path}:{kind}:{name}: another provider has this name.";
        }
    }

    /// <summary>The faults of one channel's list, each with its configuration key.</summary>
    public IEnumerable<string> ListFaults(IReadOnlyList<string>? names, Channel channel, string path, IHostEnvironment? environment)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            if (!_known.Contains(names[i], StringComparer.OrdinalIgnoreCase))
                yield return $"{path}:{i}: '{names[i]}' is not a provider ({string.Join(", ", _known)}).";
            else if (Same(names[i], InboxProvider.ProviderName) && environment?.IsProduction() == true)
                yield return $"{path}:{i}: '{names[i]}' lets codes be read and is refused in the Production environment.";
            else if (!Reaches(names[i], channel))
                yield return $"{path}:{i}: '{names[i]}' does not reach {(channel == Channel.Email ? "mail addresses" : "phones")}.";
        }
    }

    private bool Reaches(string name, Channel channel) => Array.Find(_configured, provider => Same(provider.Name, name)).Kind switch
    {
        "Smtp" => channel == Channel.Email,
        "Twilio" => channel == Channel.Phone,
        _ => true,
    };

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
