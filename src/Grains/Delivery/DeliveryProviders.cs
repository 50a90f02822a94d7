using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Otp.Delivery;

/// <summary>Makes the providers that the settings name, and finds each by its name.</summary>
public sealed class DeliveryProviders : IDisposable
{
    private readonly Dictionary<string, IDeliveryProvider> _providers;
    private readonly List<IDeliveryProvider> _made;

    public DeliveryProviders(
        IEnumerable<IDeliveryProvider> registered,
        IOptions<DeliveryOptions> options,
        RandomNumberGenerator random,
        TimeProvider time)
    {
        var settings = options.Value;
        _made =
        [
            .. settings.Smtp.Select(smtp => new SmtpProvider(smtp.Key, smtp.Value, random)),
            .. settings.Twilio.Select(twilio => new TwilioProvider(twilio.Key, twilio.Value, Http())),
            .. settings.Webhook.Select(webhook => new WebhookProvider(webhook.Key, webhook.Value, Http(), random, time)),
        ];
        _providers = registered.Concat(_made).ToDictionary(provider => provider.Name, StringComparer.OrdinalIgnoreCase);

        // A server that asks for more than half of a provider's time leaves too little for another attempt.
        HttpSender Http() => new(time, random, settings.ProviderTimeout / 2);
    }

    /// <summary>Every provider.</summary>
    public IReadOnlyCollection<IDeliveryProvider> All => _providers.Values;

    public void Dispose()
    {
        foreach (var provider in _made.OfType<IDisposable>())
            provider.Dispose();
    }
}
