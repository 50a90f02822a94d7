namespace Otp.Delivery;

/// <summary>What one provider did with a message. The default value is a refusal.</summary>
public readonly record struct DeliveryResult
{
    private DeliveryResult(bool isAccepted, DeliveryFailure failure) => (IsAccepted, Failure) = (isAccepted, failure);

    /// <summary>The provider took the message and answers for it from here on.</summary>
    public static DeliveryResult Accepted { get; } = new(isAccepted: true, default);

    /// <summary>The provider took the message, and will report what becomes of it.</summary>
    public static DeliveryResult Queued { get; } = new(isAccepted: true, default) { IsQueued = true };

    /// <summary>The message was handed over, and no answer came: it may arrive.</summary>
    public static DeliveryResult Unanswered { get; } = new(isAccepted: false, DeliveryFailure.Unanswered);

    public bool IsAccepted { get; }

    /// <summary>Whether the provider took it, and will report what becomes of it.</summary>
    public bool IsQueued { get; private init; }

    /// <summary>Why the provider did not take it, or is not known to have taken it; meaningless when it did.</summary>
    public DeliveryFailure Failure { get; }

    /// <summary>What follows from it.</summary>
    public DeliveryVerdict Verdict => Failure switch
    {
        _ when IsAccepted => DeliveryVerdict.Taken,
        DeliveryFailure.RecipientUnsubscribed or DeliveryFailure.RecipientUnreachable => DeliveryVerdict.Unreachable,
        DeliveryFailure.Unanswered => DeliveryVerdict.Unknown,
        _ => DeliveryVerdict.Refused,
    };

    /// <summary>
    /// Whether the provider itself is at fault. A refused recipient or message is an answer: a client that sends to bad addresses must not open
    /// the circuit for all others. Nor is a missing answer a fault: a provider that answers slowly must not become one that is not asked.
    /// </summary>
    internal bool IsProviderFault => !IsAccepted && Failure is not
        (DeliveryFailure.RecipientRefused
        or DeliveryFailure.RecipientUnsubscribed
        or DeliveryFailure.RecipientUnreachable
        or DeliveryFailure.Unanswered
        or DeliveryFailure.Rejected
        or DeliveryFailure.NotConfigured
        or DeliveryFailure.CircuitOpen);

    public static DeliveryResult Refused(DeliveryFailure failure) => new(isAccepted: false, failure);

    public override string ToString() => IsAccepted ? nameof(Accepted) : Failure.ToString();
}

/// <summary>What became of a message, as far as anybody can know.</summary>
public enum DeliveryVerdict
{
    /// <summary>It was refused before it was handed over: it does not arrive, and another provider may take it.</summary>
    Refused = 0,

    /// <summary>A provider took it.</summary>
    Taken,

    /// <summary>Nobody reaches its recipient: it does not arrive, and no other provider is asked.</summary>
    Unreachable,

    /// <summary>It was handed over, and no answer came: it may arrive, and no other provider is asked, or it would arrive twice.</summary>
    Unknown,
}

/// <summary>What became of a message after the providers of its list were asked.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Provider">The provider that decided it; null when each of them refused.</param>
public readonly record struct DeliveryOutcome(DeliveryVerdict Verdict, string? Provider)
{
    /// <summary>Whether the provider will report what becomes of the message.</summary>
    public bool IsQueued { get; init; }

    /// <summary>No provider took the message.</summary>
    public static DeliveryOutcome Failed { get; }

    /// <summary>Whether the message arrives, or may arrive.</summary>
    public bool IsDelivered => Verdict is DeliveryVerdict.Taken or DeliveryVerdict.Unknown;

    /// <summary>What is known of the message.</summary>
    public DeliveryState State => Verdict switch
    {
        DeliveryVerdict.Taken => IsQueued ? DeliveryState.Queued : DeliveryState.Sent,
        DeliveryVerdict.Unknown => DeliveryState.Unknown,
        DeliveryVerdict.Refused or DeliveryVerdict.Unreachable => DeliveryState.Undelivered,
    };
}
