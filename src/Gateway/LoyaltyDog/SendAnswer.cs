using Otp.Targets;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>The documented body of a send's answer.</summary>
internal sealed record SendAnswer(bool Success, string? Message, string? Error, string? OtpType, string? MockCode)
{
    public static SendAnswer Sent(Channel channel, string? exposedCode) =>
        new(true, "OTP sent successfully", null, OtpTypes.Of(channel), exposedCode);

    public static SendAnswer Refused(string error, Channel? channel = null) =>
        new(false, null, error, channel is { } known ? OtpTypes.Of(known) : null, null);

    /// <summary>Without the code.</summary>
    public override string ToString() => $"{nameof(SendAnswer)} {Success}";
}
