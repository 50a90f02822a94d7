namespace Otp.Delivery;

/// <summary>Settings of an HTTP endpoint that delivers messages (<c>Otp:Delivery:Webhook:{name}</c>).</summary>
public sealed class WebhookOptions
{
    /// <summary>Where messages are posted: <c>https</c>, but on this machine and in the Development environment.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// The secrets that requests are signed with, <c>whsec_</c> and base64 of 24–64 bytes; with several, each signs, so that the endpoint
    /// can change from one to the next.
    /// </summary>
    public List<string> Secrets { get; set; } = [];
}
