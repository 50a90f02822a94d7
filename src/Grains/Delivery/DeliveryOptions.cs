using System.Globalization;
using Otp.Settings;

namespace Otp.Delivery;

/// <summary>How messages leave the silo (<c>Otp:Delivery</c>).</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section that these options are bound to.</summary>
    public const string Section = "Otp:Delivery";

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Names of the providers for mail, first choice first; a program may list its own.</summary>
    public string[] Email { get; set; } = [];

    /// <summary>Names of the providers for phones, first choice first; a program may list its own.</summary>
    public string[] Phone { get; set; } = [];

    /// <summary>How long one provider may take, its own retries included.</summary>
    public TimeSpan ProviderTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long all providers together may take; keep it below the 10 s after which a call to a grain is given up.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>When a provider that keeps failing is not asked for a while.</summary>
    public BreakerOptions Breaker { get; set; } = new();

    /// <summary>Mail servers, by the name that lists give them.</summary>
    public Dictionary<string, SmtpOptions> Smtp { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Accounts at Twilio, by the name that lists give them.</summary>
    public Dictionary<string, TwilioOptions> Twilio { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>HTTP endpoints, by the name that lists give them.</summary>
    public Dictionary<string, WebhookOptions> Webhook { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings of every provider, with its name and its configuration key.</summary>
    internal IEnumerable<(string Path, string Name, IProviderOptions Options)> Providers() =>
    [
        .. Smtp.Select(smtp => ($"{Section}:Smtp:{smtp.Key}", smtp.Key, (IProviderOptions)smtp.Value)),
        .. Twilio.Select(twilio => ($"{Section}:Twilio:{twilio.Key}", twilio.Key, (IProviderOptions)twilio.Value)),
        .. Webhook.Select(webhook => ($"{Section}:Webhook:{webhook.Key}", webhook.Key, (IProviderOptions)webhook.Value)),
    ];

    internal void CheckTimes(FaultList faults)
    {
        faults.CheckRange($"{Section}:ProviderTimeout", ProviderTimeout, ShortestTimeout, LongestTimeout);
        faults.CheckRange($"{Section}:TotalTimeout", TotalTimeout, ShortestTimeout, LongestTimeout);
        faults.AddIf(ProviderTimeout > TotalTimeout, $"{Section}:ProviderTimeout: {ProviderTimeout} is longer than {Section}:TotalTimeout, {TotalTimeout}.");
        Breaker.Check($"{Section}:Breaker", faults);
    }
}

/// <summary>When a provider that keeps failing is not asked for a while (<c>Otp:Delivery:Breaker</c>).</summary>
public sealed class BreakerOptions
{
    /// <summary>The share of failures among its messages that opens the circuit, 0.01–1.</summary>
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>With fewer messages than this the circuit stays closed.</summary>
    public int MinimumThroughput { get; set; } = 5;

    /// <summary>The span over which messages are counted.</summary>
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the provider is not asked; then one message tries it.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);

    internal void Check(string path, FaultList faults)
    {
        faults.AddIf(FailureRatio is not (>= 0.01 and <= 1), string.Create(CultureInfo.InvariantCulture, $"{path}:FailureRatio: {FailureRatio} is outside 0.01–1."));
        faults.CheckRange($"{path}:MinimumThroughput", MinimumThroughput, 2, 1_000_000);
        faults.CheckRange($"{path}:SamplingDuration", SamplingDuration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        faults.CheckRange($"{path}:BreakDuration", BreakDuration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }
}
