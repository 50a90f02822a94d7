using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>Sends SMS by Twilio's Messages API (2010-04-01): one form, posted with basic authentication.</summary>
internal sealed class TwilioProvider(string name, TwilioOptions options, HttpSender http) : IDeliveryProvider, IDisposable
{
    private const int LongestValidity = 36_000;

    private readonly Uri _messages = new(new Uri(options.BaseAddress), $"/2010-04-01/Accounts/{options.AccountSid}/Messages.json");

    private readonly AuthenticationHeaderValue _credentials = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
        options.ApiKeySid is null ? $"{options.AccountSid}:{options.AuthToken}" : $"{options.ApiKeySid}:{options.ApiKeySecret}")));

    public string Name => name;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
    {
        if (message.Via != VerificationChannel.Sms)
        {
            return DeliveryResult.Refused(DeliveryFailure.NotConfigured);
        }

        var form = Form(message);
        var reply = await http.SendAsync(() => Request(form), handover, ct);
        return Read(reply) is { } failure ? DeliveryResult.Refused(failure) : DeliveryResult.Accepted;
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(KeyValuePair<string, string>[] form) =>
        new(HttpMethod.Post, _messages) { Content = new FormUrlEncodedContent(form), Headers = { Authorization = _credentials } };

    private KeyValuePair<string, string>[] Form(Message message)
    {
        var sender = message.Sender ?? options.MessagingServiceSid ?? options.From!;

        // An SMS that is still queued when its code has expired is of no use.
        var validity = Math.Clamp((int)(message.ExpiresAt - message.CreatedAt).TotalSeconds, 1, LongestValidity);
        return
        [
            new("To", message.Target.Value),
            new(SmsSenderId.IsMessagingService(sender) ? "MessagingServiceSid" : "From", sender),
            new("Body", message.Text),
            new("ValidityPeriod", validity.ToString(CultureInfo.InvariantCulture)),
        ];
    }

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
            return TwilioErrors.Category(Number(answer, "code")) ?? reply.Failure;
        }

        if (answer.ValueKind != JsonValueKind.Object)
        {
            return DeliveryFailure.ProtocolError;
        }

        var hasFailed = answer.TryGetProperty("status", out var status)
            && status.ValueKind == JsonValueKind.String
            && status.GetString() is "failed" or "undelivered" or "canceled";
        return hasFailed ? TwilioErrors.Category(Number(answer, "error_code")) ?? DeliveryFailure.Rejected : null;
    }

    private static int? Number(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object
        && answer.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number) ? number : null;
}
