using System.Text.Json.Serialization;
using Twilio.Exceptions;

namespace Otp.Gateway.Tests.Verify;

/// <summary>
/// One of Twilio's official SDKs, unchanged but for the host. Each call goes to the next of the gateways. An error that the SDK throws comes as
/// <see cref="ApiException"/>.
/// </summary>
internal interface ITwilioSdk : IAsyncDisposable
{
    /// <summary>Fetches the service with the account's token, or with what is none.</summary>
    Task<SdkService> FetchServiceAsync(string secret = TwilioDemo.Token);

    Task<SdkVerification> StartAsync(string to, string channel, string? locale = null);

    Task<SdkVerification> FetchAsync(string sidOrTo);

    Task<SdkVerification> UpdateAsync(string sidOrTo, string status);

    /// <summary>Checks a code, by target or by the verification's SID.</summary>
    Task<SdkCheck> CheckAsync(string code, string? to = null, string? verificationSid = null);
}

/// <summary>The demo program of Development, as a service.</summary>
internal static class TwilioDemo
{
    public const string Account = "AC00000000000000000000000000000019";
    public const string Service = "VA00000000000000000000000000000019";
    public const string Token = "demo-secret";
}

/// <summary>A service, as an SDK tells it.</summary>
internal sealed record SdkService(string Sid, string AccountSid, string FriendlyName, int CodeLength);

/// <summary>A verification, as an SDK tells it.</summary>
internal sealed record SdkVerification(
    string Sid,
    string ServiceSid,
    string AccountSid,
    string To,
    string Channel,
    string Status,
    bool Valid,
    DateTime DateCreated,
    DateTime DateUpdated,
    string Url,
    IReadOnlyList<SdkAttempt> SendCodeAttempts);

/// <summary>A message that a code went out with. The SDKs pass it on as it came.</summary>
internal sealed record SdkAttempt(
    [property: JsonPropertyName("time")] DateTime Time,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("attempt_sid")] string AttemptSid);

/// <summary>What came of a check, as an SDK tells it.</summary>
internal sealed record SdkCheck(
    string Sid, string ServiceSid, string AccountSid, string To, string Channel, string Status, bool Valid, DateTime DateCreated, DateTime DateUpdated);
