using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Otp.Delivery;

/// <summary>Sends SMS by Twilio's Messages API (2010-04-01): one form, posted with basic authentication.</summary>
internal sealed class TwilioProvider : IDeliveryProvider, IDisposable
{
    private const int LongestValidity = 36_000;

    private readonly TwilioOptions _options;
    private readonly HttpSender _http;
    private readonly Uri _messages;
    private readonly AuthenticationHeaderValue _credentials;

    public TwilioProvider(string name, TwilioOptions options, HttpSender http)
    {
        (Name, _options, _http) = (name, options, http);
        _messages = new Uri(new Uri(options.BaseAddress), $"/2010-04-01/Accounts/{options.AccountSid}/Messages.json");
        var (user, password) = options.ApiKeySid is null ? (options.AccountSid, options.AuthToken) : (options.ApiKeySid, options.ApiKeySecret);
        _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
    }

    public string Name { get; }

    public async ValueTask<DeliveryResult> DeliverAsync(Message message, CancellationToken ct)
    {
        var form = Form(message);

        // On the pool: the steps of the exchange are no turns of the grain that waits for it.
        var reply = await Task.Run(() => _http.SendAsync(() => Request(form), ct).AsTask(), ct);
        return Read(reply) is { } failure ? DeliveryResult.Refused(failure) : DeliveryResult.Accepted;
    }

    public void Dispose() => _http.Dispose();

    private static DeliveryFailure? Read(HttpReply reply)
    {
        var answer = TwilioAnswer.Read(reply.Body);
        if (!reply.IsSuccess)
            return TwilioErrors.Category(answer?.Error) ?? reply.Failure;
        if (answer is null)
            return DeliveryFailure.ProtocolError;
        return answer.IsFailed ? TwilioErrors.Category(answer.Error) ?? DeliveryFailure.Rejected : null;
    }

    private HttpRequestMessage Request(KeyValuePair<string, string>[] form) =>
        new(HttpMethod.Post, _messages) { Content = new FormUrlEncodedContent(form), Headers = { Authorization = _credentials } };

    private KeyValuePair<string, string>[] Form(Message message)
    {
        var sender = message.Sender ?? _options.MessagingServiceSid ?? _options.From!;

        // An SMS that is still queued when its code has expired is of no use.
        var validity = Math.Clamp((int)(message.ExpiresAt - message.CreatedAt).TotalSeconds, 1, LongestValidity);
        return
        [
            new("To", message.Target.Value),
            new(SmsSender.IsMessagingService(sender) ? "MessagingServiceSid" : "From", sender),
            new("Body", message.Text),
            new("ValidityPeriod", validity.ToString(CultureInfo.InvariantCulture)),
        ];
    }
}
