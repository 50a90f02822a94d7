namespace Otp.Targets;

/// <summary>The decision on a send, before it is written and delivered.</summary>
/// <param name="Status">How it ends, if writing and delivery succeed.</param>
/// <param name="State">The state after it.</param>
public readonly record struct SendDecision(SendStatus Status, TargetState State)
{
    /// <summary>Whether <see cref="State"/> must be durable before anything leaves.</summary>
    public bool IsChanged { get; init; }

    /// <summary>The code that this send made or repeats, while it is alive.</summary>
    public LiveCode? Code { get; init; }

    /// <summary>Whether <see cref="Code"/> must be delivered: it is new, or its message may never have left.</summary>
    public bool Deliver { get; init; }

    /// <summary>What is kept of the operation, if <see cref="Deliver"/>.</summary>
    public CompletedOperation? Operation { get; init; }

    /// <summary>Whether the operation was decided before.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>How long until a send can succeed, if refused.</summary>
    public TimeSpan RetryAfter { get; init; }
}

/// <summary>The decision on a verify, before it is written.</summary>
/// <param name="Status">How it ends, once it is durable.</param>
/// <param name="State">The state after it.</param>
/// <param name="IsChanged">Whether <paramref name="State"/> must be durable before the answer.</param>
public readonly record struct VerifyDecision(VerifyStatus Status, TargetState State, bool IsChanged)
{
    /// <summary>Whether the operation was decided before.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>What is kept of the operation, if it was decided before or if the code is right.</summary>
    public CompletedOperation? Operation { get; init; }

    /// <summary>The code that was right and is consumed by this very decision; null otherwise.</summary>
    public LiveCode? Verified { get; init; }
}
