using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Otp.Delivery;

/// <summary>Makes the providers that the settings name, and finds each by its name.</summary>
public sealed class DeliveryProviders : IDisposable
{
    private readonly Dictionary<string, GuardedProvider> _providers;
    private readonly List<IDeliveryProvider> _made;

    public DeliveryProviders(
        IEnumerable<IDeliveryProvider> registered,
        IOptions<DeliveryOptions> options,
        IGrainFactory grains,
        TimeProvider time,
        ILogger<DeliveryProviders> logger)
    {
        var settings = options.Value;
        _made =
        [
            new InboxProvider(grains, time),
            new DiscardProvider(),
            .. settings.Smtp.Select(smtp => new SmtpProvider(smtp.Key, smtp.Value, time, logger)),
            .. settings.Twilio.Select(twilio => new TwilioProvider(twilio.Key, twilio.Value, Http())),
            .. settings.Webhook.Select(webhook => new WebhookProvider(webhook.Key, webhook.Value, Http(), time)),
        ];
        _providers = registered.Concat(_made).ToDictionary(
            provider => provider.Name,
            provider => new GuardedProvider(provider, settings.Breaker, time, logger),
            StringComparer.OrdinalIgnoreCase);

        // A server that asks for more than half of a provider's time leaves too little for another attempt.
        HttpSender Http() => new(time, settings.ProviderTimeout / 2);
    }

    public void Dispose()
    {
        foreach (var provider in _made.OfType<IDisposable>())
        {
            provider.Dispose();
        }
    }

    /// <summary>The provider of a name; null where there is none.</summary>
    internal GuardedProvider? Find(string name) => _providers.GetValueOrDefault(name);
}
