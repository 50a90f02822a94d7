namespace Otp.Programs;

/// <summary>When wrong guesses lock a target of one program.</summary>
/// <param name="Threshold">Consecutive wrong guesses that lock.</param>
/// <param name="Duration">How long the lock holds.</param>
/// <param name="Memory">How long after the last wrong guess the count is kept.</param>
public sealed record Lockout(int Threshold, TimeSpan Duration, TimeSpan Memory)
{
    /// <summary>The rule where nothing is set.</summary>
    public static Lockout Default { get; } = new(100, TimeSpan.FromHours(24), TimeSpan.FromHours(24));

    /// <summary>This lockout with what <paramref name="options"/> sets.</summary>
    public Lockout With(LockoutOptions options) =>
        new(options.Threshold ?? Threshold, options.Duration ?? Duration, options.Memory ?? Memory);
}
