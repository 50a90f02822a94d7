using Otp.Customers;
using Otp.Targets;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>The documented body of a send's answer.</summary>
internal sealed record SendAnswer(bool Success, string? Message, string? Error, string? OtpType, string? MockCode)
{
    public static SendAnswer Sent(Channel channel, string? exposedCode) =>
        new(true, "OTP sent successfully", null, OtpTypes.Of(channel), exposedCode);

    public static SendAnswer Refused(string error, Channel? channel) =>
        new(false, null, error, channel is { } known ? OtpTypes.Of(known) : null, null);

    /// <summary>Without the code.</summary>
    public override string ToString() => $"{nameof(SendAnswer)} {Success}";
}

/// <summary>The documented body of a verify's answer.</summary>
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

/// <summary>The documented body of a session query's answer.</summary>
internal sealed record SessionAnswer(bool Valid, Identity? Identity);

/// <summary>The documented body of a token request's answer.</summary>
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
