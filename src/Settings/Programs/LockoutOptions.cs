namespace Otp.Programs;

/// <summary>When wrong guesses lock a target (after NIST SP 800-63B); null leaves it to the next level.</summary>
public sealed class LockoutOptions
{
    /// <summary>Consecutive wrong guesses, across codes and resends, that lock the target, 1–1,000,000.</summary>
    public int? Threshold { get; set; }

    /// <summary>How long the lock holds, 1 s to 366 days.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>How long after the last wrong guess the count is kept, 1 min to 366 days.</summary>
    public TimeSpan? Memory { get; set; }

    internal void Check(string path, FaultList faults)
    {
        faults.CheckRange($"{path}:Threshold", Threshold, 1, 1_000_000);
        faults.CheckRange($"{path}:Duration", Duration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366));
        faults.CheckRange($"{path}:Memory", Memory, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
    }
}

/// <summary>When wrong guesses lock a target of one program, in the terms of <see cref="LockoutOptions"/>.</summary>
public sealed record Lockout(int Threshold, TimeSpan Duration, TimeSpan Memory)
{
    /// <summary>The rule where nothing is set.</summary>
    public static Lockout Default { get; } = new(100, TimeSpan.FromHours(24), TimeSpan.FromHours(24));

    /// <summary>This lockout with what <paramref name="options"/> sets.</summary>
    public Lockout With(LockoutOptions options) =>
        new(options.Threshold ?? Threshold, options.Duration ?? Duration, options.Memory ?? Memory);
}
