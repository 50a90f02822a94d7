namespace Otp.Client;

/// <summary>The outcome of a send.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="IdempotencyKey">The key that it was made under.</param>
public sealed record SendResult(SendStatus Status, string IdempotencyKey)
{
    /// <summary>Whether a code is on its way.</summary>
    public bool IsSent => Status == SendStatus.Sent;

    /// <summary>How the code travels; null if the target was not understood.</summary>
    public OtpChannel? Channel { get; init; }

    /// <summary>How long to wait before it is worth trying again; null if the service did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How full the closest window of the target is; null if the service did not say.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>What is wrong, in the service's words; null after a success.</summary>
    public string? Error { get; init; }

    /// <summary>The code itself, from a service for development that exposes codes; otherwise null.</summary>
    public string? MockCode { get; init; }

    /// <summary>The status alone: a code must not leak by being formatted.</summary>
    public override string ToString() => $"{nameof(SendResult)} {Status}";
}
