using System.ComponentModel.DataAnnotations;

namespace Otp.Delivery;

/// <summary>How messages leave the silo (<c>Otp:Delivery</c>).</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section that these options are bound to.</summary>
    public const string Section = "Otp:Delivery";

    /// <summary>Names of the providers for mail, first choice first; a program may list its own.</summary>
    public string[] Email { get; set; } = [];

    /// <summary>Names of the providers for phones, first choice first; a program may list its own.</summary>
    public string[] Phone { get; set; } = [];

    /// <summary>How long one provider may take, its own retries included.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:20", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ProviderTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long all providers together may take; keep it below the 10 s after which a call to a grain is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:20", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>When a provider that keeps failing is left alone.</summary>
    public BreakerOptions Breaker { get; set; } = new();

    /// <summary>Mail servers, by the name that lists give them.</summary>
    public Dictionary<string, SmtpOptions> Smtp { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Accounts at Twilio, by the name that lists give them.</summary>
    public Dictionary<string, TwilioOptions> Twilio { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>HTTP endpoints, by the name that lists give them.</summary>
    public Dictionary<string, WebhookOptions> Webhook { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
