using Otp.Customers;
using Otp.Targets;

namespace Otp.Gateway.LoyaltyDog;

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

    /// <summary>Without whom it is about.</summary>
    public override string ToString() => $"{nameof(VerifyAnswer)} {Success}";
}
