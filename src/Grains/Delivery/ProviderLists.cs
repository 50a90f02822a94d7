using Microsoft.Extensions.Hosting;
using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>Checks the lists of providers in the settings against the providers that there are.</summary>
internal sealed class ProviderLists(IEnumerable<DeliveryProviderName> providers, IHostEnvironment? environment)
{
    private readonly string[] _known = [.. providers.Select(provider => provider.Value).Order(StringComparer.Ordinal)];

    /// <summary>The faults of one channel's list, each with its configuration key.</summary>
    public IEnumerable<string> Faults(IReadOnlyList<string>? names, Channel channel, string path)
    {
        for (var i = 0; i < names?.Count; i++)
        {
            if (!_known.Contains(names[i], StringComparer.OrdinalIgnoreCase))
                yield return $"{path}:{i}: '{names[i]}' is not a provider ({string.Join(", ", _known)}).";
            else if (Is(names[i], InboxProvider.ProviderName) && environment?.IsProduction() == true)
                yield return $"{path}:{i}: '{names[i]}' lets codes be read and is refused in the Production environment.";
            else if (Is(names[i], SmtpProvider.ProviderName) && channel == Channel.Phone)
                yield return $"{path}:{i}: '{names[i]}' does not reach phones.";
        }
    }

    private static bool Is(string name, string provider) => name.Equals(provider, StringComparison.OrdinalIgnoreCase);
}
