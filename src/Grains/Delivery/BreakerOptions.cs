using System.ComponentModel.DataAnnotations;

namespace Otp.Delivery;

/// <summary>When a provider that keeps failing is left alone (<c>Otp:Delivery:Breaker</c>).</summary>
public sealed class BreakerOptions
{
    /// <summary>The share of failures among its messages that opens the circuit.</summary>
    [Range(0.01, 1)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>The messages below which no share counts.</summary>
    [Range(2, 1_000_000)]
    public int MinimumThroughput { get; set; } = 5;

    /// <summary>The span over which they are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the provider is left alone; then one message tries it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(15);
}
