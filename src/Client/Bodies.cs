using System.Text.Json;

namespace Otp.Client;

/// <summary>The bodies of the LoyaltyDog API, as far as this client reads and writes them.</summary>
internal static class Bodies
{
    internal sealed record SendBody(string Target);

    internal sealed record SendAnswer(bool Success, string? Error, string? OtpType, string? MockCode);

    internal sealed record VerifyBody(string Target, string Code, string? Name);

    internal sealed record VerifyAnswer(bool Success, string? Error, string? VerifiedTarget, string? SessionToken, OtpIdentity? Identity);

    internal sealed record SessionBody(string SessionToken);

    internal sealed record SessionAnswer(bool Valid, OtpIdentity? Identity);

    internal sealed record TokenAnswer(string AccessToken);

    internal sealed record DetailBody(JsonElement Detail);
}
