namespace Otp.Programs;

/// <summary>A rate: as many as <see cref="Limit"/> at once, and then as many in each <see cref="Period"/>, evenly spread.</summary>
public sealed class RateOptions
{
    /// <summary>0 for no limit.</summary>
    public int Limit { get; set; }

    /// <summary>1 s to 1 day. Default 1 min.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);
}
