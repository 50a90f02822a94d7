namespace Otp.Delivery;

/// <summary>What one provider did with a message. The default value is a refusal.</summary>
public readonly record struct DeliveryResult
{
    private DeliveryResult(bool isAccepted, DeliveryFailure failure) => (IsAccepted, Failure) = (isAccepted, failure);

    /// <summary>The provider took the message and answers for it from here on.</summary>
    public static DeliveryResult Accepted { get; } = new(isAccepted: true, default);

    /// <summary>Whether the provider took the message.</summary>
    public bool IsAccepted { get; }

    /// <summary>Why the provider did not take it; meaningless when it did.</summary>
    public DeliveryFailure Failure { get; }

    /// <summary>The provider did not take the message.</summary>
    public static DeliveryResult Refused(DeliveryFailure failure) => new(isAccepted: false, failure);

    public override string ToString() => IsAccepted ? nameof(Accepted) : Failure.ToString();
}

/// <summary>What became of a message after every provider in its list had its chance.</summary>
/// <param name="Provider">The provider that took it; null when none did.</param>
public readonly record struct DeliveryOutcome(string? Provider)
{
    /// <summary>No provider took the message.</summary>
    public static DeliveryOutcome Failed { get; }

    /// <summary>Whether a provider took the message.</summary>
    public bool IsDelivered => Provider is not null;
}
