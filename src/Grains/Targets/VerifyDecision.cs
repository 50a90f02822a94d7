namespace Otp.Targets;

/// <summary>The decision on a verify, before it is written.</summary>
/// <param name="Outcome">The answer, once it is durable.</param>
/// <param name="State">The state after it.</param>
/// <param name="IsChanged">Whether <paramref name="State"/> must be durable before the answer.</param>
public readonly record struct VerifyDecision(VerifyOutcome Outcome, TargetState State, bool IsChanged)
{
    /// <summary>Whether the operation was decided before.</summary>
    public bool IsRepeat { get; init; }
}
