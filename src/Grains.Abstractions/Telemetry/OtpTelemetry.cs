using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orleans.Otp.Telemetry;

/// <summary>Where the service's own metrics and spans come from: one meter and one source a process, which cost next to nothing unheard.</summary>
public static class OtpTelemetry
{
    /// <summary>The name of <see cref="Meter"/> and of <see cref="Source"/>.</summary>
    public const string Name = "Orleans.Otp";

    /// <summary>The domain's instruments.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>The domain's spans.</summary>
    public static ActivitySource Source { get; } = new(Name);
}
