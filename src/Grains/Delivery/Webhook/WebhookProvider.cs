using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>
/// Posts messages to an HTTP endpoint, signed after Standard Webhooks. Any 2xx takes the message, 202 with the promise to report what becomes
/// of it; 422 says that nobody reaches this recipient; 429 and 5xx but 504 are tried again under the same <c>webhook-id</c>, with a new timestamp.
/// </summary>
internal sealed class WebhookProvider(
    string name, WebhookOptions options, HttpSender http, TimeProvider time) : IDeliveryProvider, IReceiptReader, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _url = new(options.Url!);
    private readonly WebhookSignature _signature = new(options.ReadKeys(), time);

    public string Name => name;

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, Handover handover, CancellationToken ct)
    {
        var id = $"msg_{Guid.NewGuid():n}";
        var receiptUrl = message.Receipt?.For(ReceiptTokens.Webhook, name);
        var body = Encoding.UTF8.GetBytes(Payload(message, receiptUrl).ToJsonString());
        var reply = await http.SendAsync(() => Request(id, body), handover, ct);
        return reply.Status switch
        {
            HttpStatusCode.Accepted when receiptUrl is not null => DeliveryResult.Queued,
            HttpStatusCode.UnprocessableContent => DeliveryResult.Refused(DeliveryFailure.RecipientUnreachable),
            _ => reply.IsSuccess ? DeliveryResult.Accepted : DeliveryResult.Refused(reply.Failure),
        };
    }

    public ReceiptReading Read(ReceiptRequest request, string address) => WebhookReceipt.Read(_signature, request);

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(string id, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        _signature.Sign(request, id, body);
        return request;
    }

    // The texts are ready to be sent, or to be said; the rest is what they were made of, for an endpoint that writes its own.
    private static JsonObject Payload(Message message, string? receiptUrl) => new()
    {
        ["type"] = "otp.message",
        ["timestamp"] = message.CreatedAt,
        ["data"] = new JsonObject
        {
            ["program"] = message.ProgramId,
            ["channel"] = message.Via switch
            {
                VerificationChannel.Email => "email",
                VerificationChannel.Sms => "phone",
                VerificationChannel.Call => "call",
                VerificationChannel.WhatsApp => "whatsapp",
            },
            ["to"] = message.Target.Value,
            ["from"] = message.Sender,
            ["purpose"] = message.Purpose.ToString(),
            ["locale"] = message.Locale,
            ["code"] = message.Code,
            ["expiresAt"] = message.ExpiresAt,
            ["subject"] = message.Subject,
            ["text"] = message.Text,
            ["html"] = message.Html,
            ["receiptUrl"] = receiptUrl,
        },
    };
}
