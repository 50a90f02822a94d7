namespace Otp.Delivery;

/// <summary>Delivery by webhooks to endpoints of the test.</summary>
internal static class WebhookDelivery
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Adds a webhook, and lists it as the next provider of both channels.</summary>
    public static WebhookOptions Add(DeliveryOptions options, string name, string url)
    {
        options.Email = [.. options.Email, name];
        options.Phone = [.. options.Phone, name];
        return options.Webhook[name] = new WebhookOptions { Url = url, Secrets = [Secret] };
    }
}
