using System.Net;

namespace Otp.Cluster.Load;

/// <summary>The answer to one request, however often it had to be made.</summary>
/// <param name="Status">The final status; <see cref="None"/> if there was no answer at all.</param>
/// <param name="At">From the first attempt to the last one's end.</param>
/// <param name="Attempts">How often it was made.</param>
internal sealed record OtpAnswer(HttpStatusCode Status, Interval At, int Attempts)
{
    /// <summary>No status.</summary>
    public const HttpStatusCode None = default;

    public string? Code { get; init; }

    public string? SessionToken { get; init; }

    public string? CustomerId { get; init; }

    public string? Target { get; init; }

    /// <summary>The verification, if the Verify surface answered.</summary>
    public string? VerificationSid { get; init; }

    /// <summary>Whether a guess was compared with a live code; null if the surface does not tell.</summary>
    public bool? IsCompared { get; init; }

    public bool? IsValid { get; init; }

    public bool HasRetryAfter { get; init; }

    /// <summary>Whether the code could not be delivered, for a reason that is known: the send counts for nothing.</summary>
    public bool IsUndelivered { get; init; }

    /// <summary>What went wrong on the way, and should not have.</summary>
    public string? Failure { get; init; }

    public bool IsAccepted => Status == HttpStatusCode.OK;

    /// <summary>Whether both say the same.</summary>
    public bool Repeats(OtpAnswer other) => Status == other.Status
        && Code == other.Code
        && SessionToken == other.SessionToken
        && CustomerId == other.CustomerId
        && VerificationSid == other.VerificationSid;

    /// <summary>Without code and session.</summary>
    public override string ToString() => $"{(int)Status}";
}
