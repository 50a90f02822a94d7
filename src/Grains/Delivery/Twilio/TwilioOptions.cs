using Microsoft.Extensions.Hosting;
using Otp.Settings;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Settings of an account at Twilio (<c>Otp:Delivery:Twilio:{name}</c>), which sends SMS and, with senders for them, WhatsApp messages and calls.</summary>
public sealed class TwilioOptions : IProviderOptions
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
        faults.AddIf(!FaultList.IsSid(AccountSid, "AC"), $"{path}:AccountSid is not an account's SID: AC and 32 hexadecimal digits.");
        faults.AddIf(ApiKeySid is null && string.IsNullOrWhiteSpace(AuthToken), $"{path}:AuthToken is missing, or {path}:ApiKeySid and :ApiKeySecret instead.");
        CheckSid("ApiKeySid", ApiKeySid, "SK", "an API key's");
        faults.AddIf(ApiKeySid is not null && string.IsNullOrWhiteSpace(ApiKeySecret), $"{path}:ApiKeySecret is missing: {path}:ApiKeySid is set.");
        faults.AddIf(ApiKeySid is null && ApiKeySecret is not null, $"{path}:ApiKeySid is missing: {path}:ApiKeySecret is set.");
        faults.AddIf(From is null == MessagingServiceSid is null, $"{path}:From or {path}:MessagingServiceSid must be set, and not both.");
        faults.AddIf(
            From is not null && (!SmsSenderId.IsValid(From) || SmsSenderId.IsMessagingService(From)),
            $"{path}:From is neither a number (E.164), a short code, nor a name: {SmsSenderId.NameRule}.");
        CheckSid("MessagingServiceSid", MessagingServiceSid, "MG", "a messaging service's");
        CheckNumber("CallFrom", CallFrom);
        CheckNumber("WhatsAppFrom", WhatsAppFrom);
        CheckSid("WhatsAppContentSid", WhatsAppContentSid, "HX", "a content template's");
        faults.AddIf(!HttpSender.IsServiceAddress(BaseAddress, allowClear: false), $"{path}:BaseAddress is not an https address.");

        void CheckSid(string key, string? sid, string letters, string whose) =>
            faults.AddIf(sid is not null && !FaultList.IsSid(sid, letters), $"{path}:{key} is not {whose} SID: {letters} and 32 hexadecimal digits.");

        void CheckNumber(string key, string? number) =>
            faults.AddIf(number is not null && !SmsSenderId.IsNumber(number), $"{path}:{key} is not a number in E.164 form, +15005550006.");
    }
}
