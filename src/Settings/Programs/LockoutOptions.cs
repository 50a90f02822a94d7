namespace Otp.Programs;

/// <summary>When wrong guesses lock a target (after NIST SP 800-63B); null leaves it to the next level.</summary>
public sealed class LockoutOptions
{
    /// <summary>Consecutive wrong guesses, across codes and resends, that lock the target. Default 100.</summary>
    public int? Threshold { get; set; }

    /// <summary>How long the lock holds. Default 24 h.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>How long after the last wrong guess the count is kept. Default 24 h.</summary>
    public TimeSpan? Memory { get; set; }
}
