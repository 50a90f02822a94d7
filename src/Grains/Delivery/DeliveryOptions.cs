using System.ComponentModel.DataAnnotations;

namespace Orleans.Otp.Delivery;

/// <summary>How messages leave the silo (<c>Otp:Delivery</c>).</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section that these options are bound to.</summary>
    public const string Section = "Otp:Delivery";

    /// <summary>Names of the providers for mail, first choice first; a program may list its own.</summary>
    public string[] Email { get; set; } = [];

    /// <summary>Names of the providers for phones, first choice first; a program may list its own.</summary>
    public string[] Phone { get; set; } = [];

    /// <summary>How long one provider may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:20", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ProviderTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long all providers together may take; well below the 30 s after which a call to a grain is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:20", ParseLimitsInInvariantCulture = true)]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>Settings of the <c>smtp</c> provider.</summary>
    public SmtpOptions Smtp { get; set; } = new();
}
