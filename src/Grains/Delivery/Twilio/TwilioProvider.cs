using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>SMS and WhatsApp messages by Twilio's Messages API, calls by its Calls API (2010-04-01); status callbacks report on them.</summary>
internal sealed class TwilioProvider(string name, TwilioOptions options, HttpSender http) : IDeliveryProvider, IReceiptReader, IDisposable
{
    private const int LongestValidity = 36_000;
    private const string WhatsApp = "whatsapp:";

    private readonly Uri _messages = ResourceOf(options, "Messages");
    private readonly Uri _calls = ResourceOf(options, "Calls");

    private readonly AuthenticationHeaderValue _credentials = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
        options.ApiKeySid is null ? $"{options.AccountSid}:{options.AuthToken}" : $"{options.ApiKeySid}:{options.ApiKeySecret}")));

    private readonly TwilioSignature? _signature = string.IsNullOrWhiteSpace(options.AuthToken) ? null : new TwilioSignature(options.AuthToken);

    public string Name => name;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
    {
        if (FormOf(message) is not { } form)
        {
            return DeliveryResult.Refused(DeliveryFailure.NotConfigured);
        }

        // Without an auth token nobody could tell a genuine callback.
        var callback = _signature is null ? null : message.Receipt?.For(ReceiptTokens.Twilio, name);
        if (callback is not null)
        {
            form.Add("StatusCallback", callback);
        }

        var resource = message.Via == VerificationChannel.Call ? _calls : _messages;
        var reply = await http.SendAsync(() => Request(resource, form), handover, ct);
        return Read(reply) is { } failure ? DeliveryResult.Refused(failure)
            : callback is null ? DeliveryResult.Accepted
            : DeliveryResult.Queued;
    }

    public ReceiptReading Read(ReceiptRequest request, string address) =>
        _signature is null ? new ReceiptReading(ReceiptStatus.UnknownProvider) : TwilioCallback.Read(_signature, request, address);

    public void Dispose() => http.Dispose();

    private static Uri ResourceOf(TwilioOptions options, string resource) =>
        new(new Uri(options.BaseAddress), $"/2010-04-01/Accounts/{options.AccountSid}/{resource}.json");

    private HttpRequestMessage Request(Uri resource, Dictionary<string, string> form) =>
        new(HttpMethod.Post, resource) { Content = new FormUrlEncodedContent(form), Headers = { Authorization = _credentials } };

    /// <summary>The fields of a message or a call; null where the account has no sender for it.</summary>
    private Dictionary<string, string>? FormOf(Message message) => message.Via switch
    {
        VerificationChannel.Sms => SmsOf(message, message.Sender ?? options.MessagingServiceSid ?? options.From!),
        VerificationChannel.WhatsApp when options.WhatsAppFrom is { } sender => WhatsAppOf(message, sender),
        VerificationChannel.Call when options.CallFrom is { } caller => new(StringComparer.Ordinal)
        {
            ["To"] = message.Target.Value,
            ["From"] = caller,
            ["Twiml"] = CallScript.Write(message),
        },
        _ => null,
    };

    private static Dictionary<string, string> SmsOf(Message message, string sender) => new(StringComparer.Ordinal)
    {
        ["To"] = message.Target.Value,
        [SmsSenderId.IsMessagingService(sender) ? "MessagingServiceSid" : "From"] = sender,
        ["Body"] = message.Text,
        ["ValidityPeriod"] = ValidityOf(message),
    };

    private Dictionary<string, string> WhatsAppOf(Message message, string sender)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["To"] = $"{WhatsApp}{message.Target.Value}",
            ["From"] = $"{WhatsApp}{sender}",
            ["ValidityPeriod"] = ValidityOf(message),
        };
        if (options.WhatsAppContentSid is { } template)
        {
            form["ContentSid"] = template;
            form["ContentVariables"] = $$"""{"1":"{{message.Code}}"}""";
        }
        else
        {
            form["Body"] = message.Text;
        }

        return form;
    }

    // A message that is still queued when its code has expired is of no use.
    private static string ValidityOf(Message message) =>
        Math.Clamp((int)(message.ExpiresAt - message.CreatedAt).TotalSeconds, 1, LongestValidity).ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads an answer, which holds a message (<c>status</c>, <c>error_code</c>) or an error (<c>code</c>); null when it takes the message.</summary>
    private static DeliveryFailure? Read(HttpReply reply)
    {
        JsonElement answer = default;
        try
        {
            answer = JsonElement.Parse(reply.Body.Span);
        }
        catch (JsonException)
        {
            // The status may tell enough.
        }

        if (!reply.IsSuccess)
        {
            return TwilioErrors.Category(answer.Number("code")) ?? reply.Failure;
        }

        return answer.ValueKind != JsonValueKind.Object ? DeliveryFailure.ProtocolError
            : answer.Text("status") is "failed" or "undelivered" or "canceled" ? TwilioErrors.Category(answer.Number("error_code")) ?? DeliveryFailure.Rejected
            : null;
    }
}
