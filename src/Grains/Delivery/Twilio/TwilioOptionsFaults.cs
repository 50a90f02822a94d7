using System.Text.RegularExpressions;

namespace Otp.Delivery;

/// <summary>What is wrong with the settings of an account at Twilio; it tells no value that could be a secret.</summary>
internal static partial class TwilioOptionsFaults
{
    public static IEnumerable<string> Of(TwilioOptions twilio, string path)
    {
        if (!IsSid(twilio.AccountSid, "AC"))
            yield return $"{path}:AccountSid is not an account's SID: AC and 32 hexadecimal digits.";
        if (twilio.ApiKeySid is null && string.IsNullOrWhiteSpace(twilio.AuthToken))
            yield return $"{path}:AuthToken is missing, or {path}:ApiKeySid and :ApiKeySecret instead.";
        if (twilio.ApiKeySid is not null && !IsSid(twilio.ApiKeySid, "SK"))
            yield return $"{path}:ApiKeySid is not an API key's SID: SK and 32 hexadecimal digits.";
        if (twilio.ApiKeySid is not null && string.IsNullOrWhiteSpace(twilio.ApiKeySecret))
            yield return $"{path}:ApiKeySecret is missing: {path}:ApiKeySid is set.";
        if (twilio.ApiKeySid is null && twilio.ApiKeySecret is not null)
            yield return $"{path}:ApiKeySid is missing: {path}:ApiKeySecret is set.";
        if (twilio.From is null == twilio.MessagingServiceSid is null)
            yield return $"{path}:From or {path}:MessagingServiceSid must be set, and not both.";
        if (twilio.From is not null && (!SmsSender.IsValid(twilio.From) || SmsSender.IsMessagingService(twilio.From)))
            yield return $"{path}:From is neither a number (E.164), a short code, nor a name of 1–11 letters and digits.";
        if (twilio.MessagingServiceSid is not null && !SmsSender.IsMessagingService(twilio.MessagingServiceSid))
            yield return $"{path}:MessagingServiceSid is not a messaging service's SID: MG and 32 hexadecimal digits.";
        if (!ServiceAddress.TryRead(twilio.BaseAddress, allowClear: false, out _))
            yield return $"{path}:BaseAddress is not an https address.";
    }

    private static bool IsSid(string? text, string prefix) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && Digits().IsMatch(text.AsSpan(prefix.Length));

    [GeneratedRegex(@"^[0-9a-fA-F]{32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
