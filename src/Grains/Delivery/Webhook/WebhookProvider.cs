using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>
/// Posts messages to an HTTP endpoint, signed after Standard Webhooks. Any 2xx takes the message, 422 says that this recipient cannot be
/// reached; 429 and 5xx are tried again under the same <c>webhook-id</c>, with a new timestamp.
/// </summary>
internal sealed class WebhookProvider : IDeliveryProvider, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _url;
    private readonly byte[][] _keys;
    private readonly HttpSender _http;
    private readonly RandomNumberGenerator _random;
    private readonly TimeProvider _time;

    public WebhookProvider(string name, WebhookOptions options, HttpSender http, RandomNumberGenerator random, TimeProvider time)
    {
        (Name, _http, _random, _time) = (name, http, random, time);
        _url = new Uri(options.Url!);
        _keys = [.. options.Secrets.Select(WebhookSecret.Read)];
    }

    public string Name { get; }

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        var id = $"msg_{_random.HexId()}";
        var body = JsonSerializer.SerializeToUtf8Bytes(Payload(message), WebhookJson.Default.WebhookPayload);

        // On the pool: the steps of the exchange are no turns of the grain that waits for it.
        var reply = await Task.Run(() => _http.SendAsync(() => Request(id, body), ct).AsTask(), ct);
        if (reply.IsSuccess)
            return DeliveryResult.Accepted;
        return DeliveryResult.Refused(reply.Status == HttpStatusCode.UnprocessableContent ? DeliveryFailure.RecipientRefused : reply.Failure);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string id, byte[] body)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new HttpRequestMessage(HttpMethod.Post, _url)
        {
            Headers = { { "webhook-id", id }, { "webhook-timestamp", timestamp }, { "webhook-signature", Sign($"{id}.{timestamp}.", body) } },
            Content = new ByteArrayContent(body) { Headers = { ContentType = Json } },
        };
    }

    /// <summary>A signature by each secret, the newest first.</summary>
    private string Sign(string head, byte[] body)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(head), .. body];
        return string.Join(' ', _keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }

    private static WebhookPayload Payload(Message message) => new(
        "otp.message",
        message.CreatedAt,
        new WebhookMessage(
            message.ProgramId,
            message.Target.Channel switch { Channel.Email => "email", Channel.Phone => "phone" },
            message.Target.Value,
            message.Sender,
            message.Purpose.ToString(),
            message.Locale,
            message.Code,
            message.ExpiresAt,
            message.Subject,
            message.Text,
            message.Html));
}
