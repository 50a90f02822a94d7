using System.Text.RegularExpressions;
using Microsoft.Extensions.Hosting;
using Otp.Settings;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Settings of an account at Twilio (<c>Otp:Delivery:Twilio:{name}</c>), which sends SMS and, with senders for them, WhatsApp messages and calls.</summary>
public sealed partial class TwilioOptions : IProviderOptions
{
    /// <summary>The account's SID, <c>AC…</c>.</summary>
    public string? AccountSid { get; set; }

    /// <summary>The account's auth token; beside an API key needed only for receipts, which are signed with it.</summary>
    public string? AuthToken { get; set; }

    /// <summary>The SID of an API key, <c>SK…</c>, to sign in with instead of the auth token.</summary>
    public string? ApiKeySid { get; set; }

    /// <summary>The API key's secret.</summary>
    public string? ApiKeySecret { get; set; }

    /// <summary>The sender: a number of the account (E.164), a short code, or a name (<see cref="SmsSenderId"/>).</summary>
    public string? From { get; set; }

    /// <summary>The messaging service that picks the sender, <c>MG…</c>, instead of <see cref="From"/>.</summary>
    public string? MessagingServiceSid { get; set; }

    /// <summary>The number (E.164) that calls come from; null for no calls.</summary>
    public string? CallFrom { get; set; }

    /// <summary>The number (E.164) that WhatsApp messages come from; null for none.</summary>
    public string? WhatsAppFrom { get; set; }

    /// <summary>
    /// The content template of WhatsApp messages, <c>HX…</c>, whose variable <c>1</c> is the code: WhatsApp lets a business begin a conversation
    /// only with a template. Null for the text itself.
    /// </summary>
    public string? WhatsAppContentSid { get; set; }

    /// <summary>The address of the API.</summary>
    public string BaseAddress { get; set; } = "https://api.twilio.com";

    bool IProviderOptions.Reaches(Channel channel) => channel == Channel.Phone;

    bool IProviderOptions.Carries(VerificationChannel channel) => channel switch
    {
        VerificationChannel.Sms => true,
        VerificationChannel.Call => CallFrom is not null,
        VerificationChannel.WhatsApp => WhatsAppFrom is not null,
        VerificationChannel.Email => false,
    };

    void IProviderOptions.Check(string path, IHostEnvironment? environment, FaultList faults)
    {
        if (!IsSid(AccountSid, "AC"))
        {
            faults.Add($"{path}:AccountSid is not an account's SID: AC and 32 hexadecimal digits.");
        }

        if (ApiKeySid is null && string.IsNullOrWhiteSpace(AuthToken))
        {
            faults.Add($"{path}:AuthToken is missing, or {path}:ApiKeySid and :ApiKeySecret instead.");
        }

        if (ApiKeySid is not null && !IsSid(ApiKeySid, "SK"))
        {
            faults.Add($"{path}:ApiKeySid is not an API key's SID: SK and 32 hexadecimal digits.");
        }

        if (ApiKeySid is not null && string.IsNullOrWhiteSpace(ApiKeySecret))
        {
            faults.Add($"{path}:ApiKeySecret is missing: {path}:ApiKeySid is set.");
        }

        if (ApiKeySid is null && ApiKeySecret is not null)
        {
            faults.Add($"{path}:ApiKeySid is missing: {path}:ApiKeySecret is set.");
        }

        if (From is null == MessagingServiceSid is null)
        {
            faults.Add($"{path}:From or {path}:MessagingServiceSid must be set, and not both.");
        }

        if (From is not null && (!SmsSenderId.IsValid(From) || SmsSenderId.IsMessagingService(From)))
        {
            faults.Add($"{path}:From is neither a number (E.164), a short code, nor a name: 1–11 ASCII letters, digits, spaces, &, +, _ and -, at least one of them a letter.");
        }

        if (MessagingServiceSid is not null && !SmsSenderId.IsMessagingService(MessagingServiceSid))
        {
            faults.Add($"{path}:MessagingServiceSid is not a messaging service's SID: MG and 32 hexadecimal digits.");
        }

        foreach (var (key, number) in new[] { (nameof(CallFrom), CallFrom), (nameof(WhatsAppFrom), WhatsAppFrom) })
        {
            if (number is not null && !SmsSenderId.IsNumber(number))
            {
                faults.Add($"{path}:{key} is not a number in E.164 form, +15005550006.");
            }
        }

        if (WhatsAppContentSid is not null && !IsSid(WhatsAppContentSid, "HX"))
        {
            faults.Add($"{path}:WhatsAppContentSid is not a content template's SID: HX and 32 hexadecimal digits.");
        }

        if (!HttpSender.IsServiceAddress(BaseAddress, allowClear: false))
        {
            faults.Add($"{path}:BaseAddress is not an https address.");
        }
    }

    private static bool IsSid(string? text, string prefix) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && Digits().IsMatch(text.AsSpan(prefix.Length));

    [GeneratedRegex(@"^[0-9a-fA-F]{32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
