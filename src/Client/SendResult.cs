using System.Globalization;
using System.Text.RegularExpressions;

namespace Otp.Client;

/// <summary>The outcome of a send.</summary>
/// <param name="IdempotencyKey">The key that it was made under.</param>
public sealed record SendResult(SendStatus Status, string IdempotencyKey) : OtpResult<SendStatus>(Status)
{
    /// <summary>Whether a code is on its way.</summary>
    public bool IsSent => Status == SendStatus.Sent;

    /// <summary>How the code travels; null if the service does not tell, or did not understand the target.</summary>
    public OtpChannel? Channel { get; init; }

    /// <summary>The SID of the verification, of a send by the Verify API; otherwise null.</summary>
    public string? VerificationSid { get; init; }

    /// <summary>How full the closest window of the target is; null if the service did not say.</summary>
    public RateLimit? RateLimit { get; init; }

    /// <summary>The code itself, from a service for development that exposes codes; otherwise null.</summary>
    public string? MockCode { get; init; }
}

/// <summary>How a send ended.</summary>
public enum SendStatus
{
    /// <summary>A code is on its way.</summary>
    Sent,

    /// <summary>The target is no e-mail address or phone number, not one that the program sends to, or one that nobody reaches.</summary>
    TargetRefused,

    /// <summary>A limit is reached; <see cref="OtpResult{TStatus}.RetryAfter"/> says when it no longer is (429).</summary>
    Limited,

    /// <summary>No provider took the message; the send does not count, and an earlier code stays alive (502).</summary>
    NotDelivered,

    /// <summary>The request is malformed or asks for what the service does not do, or its idempotency key named another send before.</summary>
    InvalidRequest,

    /// <summary>The client id or secret is wrong (401).</summary>
    Unauthorized,

    /// <summary>The client lacks the role <c>otp</c>, or the program or service is not its own (403; 404 for a service).</summary>
    Forbidden,

    /// <summary>Nobody knows whether it happened: repeat it with the same <see cref="SendResult.IdempotencyKey"/>.</summary>
    Unavailable,
}

/// <summary>How a code travels.</summary>
public enum OtpChannel
{
    /// <summary>By mail.</summary>
    Email,

    /// <summary>To a phone: by SMS, unless the Verify API was asked for a call or a WhatsApp message.</summary>
    Phone,
}

/// <summary>How full a target's closest window is (header <c>RateLimit</c>, draft-ietf-httpapi-ratelimit-headers).</summary>
/// <param name="Window">Its name, such as <c>hour</c>.</param>
/// <param name="Remaining">Sends left in it.</param>
/// <param name="Reset">When the next is given back, in whole seconds.</param>
public sealed partial record RateLimit(string Window, int Remaining, TimeSpan Reset)
{
    internal static RateLimit? Parse(string? header) =>
        header is not null && Form().Match(header) is { Success: true } match
        && int.TryParse(match.Groups["r"].ValueSpan, CultureInfo.InvariantCulture, out var remaining)
        && int.TryParse(match.Groups["t"].ValueSpan, CultureInfo.InvariantCulture, out var seconds)
            ? new RateLimit(match.Groups["name"].Value, remaining, TimeSpan.FromSeconds(seconds))
            : null;

    [GeneratedRegex("^\"(?<name>[^\"]+)\";r=(?<r>[0-9]+);t=(?<t>[0-9]+)\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
