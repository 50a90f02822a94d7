namespace Otp.Client;

/// <summary>The outcome of a call.</summary>
/// <typeparam name="TStatus">The ways in which such a call ends.</typeparam>
/// <param name="Status">How it ended.</param>
public abstract record OtpResult<TStatus>(TStatus Status)
    where TStatus : struct, Enum
{
    /// <summary>How long to wait before it is worth trying again; null if the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong, in the service's words; null where nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The status alone: neither a code, a session token nor a person must leak by being formatted.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Status}";
}
