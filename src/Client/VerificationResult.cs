namespace Otp.Client;

/// <summary>What has become of a verification.</summary>
/// <param name="Status">How it stands, or why that is not known.</param>
/// <param name="IdempotencyKey">The key that the call was made under; null for a fetch, which changes nothing.</param>
public sealed record VerificationResult(VerificationStatus Status, string? IdempotencyKey) : OtpResult<VerificationStatus>(Status)
{
    /// <summary>Whether the code was right: the target belongs to the person at the keyboard.</summary>
    public bool IsApproved => Status == VerificationStatus.Approved;

    /// <summary>The verification's SID; null where there is none.</summary>
    public string? Sid { get; init; }

    /// <summary>The target in its canonical form; null where there is none.</summary>
    public string? To { get; init; }
}

/// <summary>How a verification stands.</summary>
public enum VerificationStatus
{
    /// <summary>The code is alive; of a check: the code was wrong.</summary>
    Pending,

    /// <summary>The code was right, and is used up.</summary>
    Approved,

    /// <summary>The caller has canceled it.</summary>
    Canceled,

    /// <summary>The code was guessed too often, or the target is locked; nothing was compared.</summary>
    MaxAttemptsReached,

    /// <summary>There is no live verification: it was approved, canceled or never started, or it has expired; or the service is not the caller's.</summary>
    NotFound,

    /// <summary>The request is malformed, or its idempotency key named another call before; no attempt was counted.</summary>
    InvalidRequest,

    /// <summary>The SID or secret of the account or API key is wrong (401).</summary>
    Unauthorized,

    /// <summary>The account may not do it (403).</summary>
    Forbidden,

    /// <summary>Nobody knows whether it happened: repeat it with the same <see cref="VerificationResult.IdempotencyKey"/>.</summary>
    Unavailable,
}

/// <summary>How a code of the Verify API travels.</summary>
public enum VerificationChannel
{
    /// <summary>By mail.</summary>
    Email,

    /// <summary>By SMS.</summary>
    Sms,

    /// <summary>By a call.</summary>
    Call,

    /// <summary>By WhatsApp.</summary>
    WhatsApp,
}

/// <summary>What a code approves, where a service is for payments.</summary>
/// <param name="Amount">How much, as the message says it.</param>
/// <param name="Payee">Who is paid.</param>
public sealed record Payment(string Amount, string Payee)
{
    /// <summary>Nothing of the payment.</summary>
    public override string ToString() => nameof(Payment);
}
