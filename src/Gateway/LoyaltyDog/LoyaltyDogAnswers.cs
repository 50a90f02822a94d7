using Otp.Customers;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>What came of a send.</summary>
/// <param name="Success">Whether the code is sent.</param>
/// <param name="Message">Said on success.</param>
/// <param name="Error">Why nothing was sent.</param>
/// <param name="OtpType">Which way the code travels, <c>email</c> or <c>phone</c>; null where the target is neither.</param>
/// <param name="MockCode">The code itself, only where <c>Otp:ExposeCodes</c> is set (never in production); else null.</param>
internal sealed record SendAnswer(bool Success, string? Message, string? Error, string? OtpType, string? MockCode)
{
    public static SendAnswer Sent(Channel channel, string? exposedCode) =>
        new(true, "OTP sent successfully", null, OtpTypes.Of(channel), exposedCode);

    public static SendAnswer Refused(string error, Channel? channel) =>
        new(false, null, error, channel is { } known ? OtpTypes.Of(known) : null, null);

    /// <summary>Without the code.</summary>
    public override string ToString() => $"{nameof(SendAnswer)} {Success}";
}

/// <summary>What came of a verify.</summary>
/// <param name="Success">Whether the code was right.</param>
/// <param name="Error">One text for every reason a code fails.</param>
/// <param name="VerifiedTarget">The target in canonical form: lower case, or E.164.</param>
/// <param name="OtpType">Which way the code travelled, <c>email</c> or <c>phone</c>.</param>
/// <param name="SessionToken">Opens the customer's session: 86 characters of base64url, which nobody can guess.</param>
/// <param name="Identity">Who the customer is.</param>
internal sealed record VerifyAnswer(
    bool Success,
    string? Error,
    string? VerifiedTarget,
    string? OtpType,
    string? SessionToken,
    Identity? Identity)
{
    public static VerifyAnswer Verified(Target target, SignInResult signIn) =>
        new(true, null, target.Value, OtpTypes.Of(target.Channel), signIn.SessionToken, signIn.Identity);

    public static VerifyAnswer Refused(string error) => new(false, error, null, null, null, null);

    /// <summary>Without the address, the session and the person.</summary>
    public override string ToString() => $"{nameof(VerifyAnswer)} {Success}";
}

/// <summary>Whether a session is open, and whose.</summary>
/// <param name="Valid">Whether it is open.</param>
/// <param name="Identity">Whose it is; null for one that is not open.</param>
internal sealed record SessionAnswer(bool Valid, Identity? Identity);

/// <summary>An access token.</summary>
/// <param name="AccessToken">A JWT: send it as <c>Authorization: Bearer …</c>.</param>
internal sealed record TokenAnswer(string AccessToken)
{
    public string TokenType => "bearer";

    /// <summary>Always false: clients are programs, which have no second factor.</summary>
    public bool MfaPending => false;

    public string? PendingToken => null;

    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(TokenAnswer);
}

/// <summary>The API's names of the channels.</summary>
internal static class OtpTypes
{
    public static string Of(Channel channel) => channel switch
    {
        Channel.Email => "email",
        Channel.Phone => "phone",
    };
}
