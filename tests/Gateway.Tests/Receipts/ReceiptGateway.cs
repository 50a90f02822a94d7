using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;
using Twilio.Security;

namespace Otp.Gateway.Tests.Receipts;

/// <summary>
/// A gateway whose program <c>acme</c> sends SMS by Twilio and mail by a webhook, both on loopback, and after each of them, where a message
/// is handed over, by a second webhook. Its public address is another one than where it listens.
/// </summary>
public sealed class ReceiptGateway : IAsyncDisposable
{
    public const string Public = "https://otp.example.com";
    public const string AuthToken = "twilio-token-canary";
    public const string WebhookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private ReceiptGateway(TestGateway gateway, LoopbackEndpoint twilio, LoopbackEndpoint hook, LoopbackEndpoint next) =>
        (Gateway, Twilio, Hook, Next) = (gateway, twilio, hook, next);

    public TestGateway Gateway { get; }

    internal LoopbackEndpoint Twilio { get; }

    internal LoopbackEndpoint Hook { get; }

    internal LoopbackEndpoint Next { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ReceiptGateway> StartAsync(Dictionary<string, string>? settings = null)
    {
        var twilio = await LoopbackEndpoint.StartAsync(static async (http, _) =>
        {
            http.Response.StatusCode = 201;
            await http.Response.WriteAsync("""{"status":"queued","error_code":null}""");
        });
        var hook = await LoopbackEndpoint.AnsweringAsync(202);
        var next = await LoopbackEndpoint.AnsweringAsync(202);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Otp:Receipts:BaseUrl"] = Public,
            ["Otp:Delivery:Twilio:sms:AccountSid"] = "AC0123456789abcdef0123456789abcdef",
            ["Otp:Delivery:Twilio:sms:AuthToken"] = AuthToken,
            ["Otp:Delivery:Twilio:sms:From"] = "+15005550006",
            ["Otp:Delivery:Twilio:sms:CallFrom"] = "+15005550006",
            ["Otp:Delivery:Twilio:sms:BaseAddress"] = twilio.Address,
            ["Otp:Delivery:Webhook:hook:Url"] = hook.Address,
            ["Otp:Delivery:Webhook:hook:Secrets:0"] = WebhookSecret,
            ["Otp:Delivery:Webhook:next:Url"] = next.Address,
            ["Otp:Delivery:Webhook:next:Secrets:0"] = WebhookSecret,
            ["Otp:Programs:acme:Delivery:Phone:0"] = "sms",
            ["Otp:Programs:acme:Delivery:Phone:1"] = "next",
            ["Otp:Programs:acme:Delivery:Email:0"] = "hook",
            ["Otp:Programs:acme:Delivery:Email:1"] = "next",
        };
        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        if (all["Otp:Receipts:BaseUrl"].Length == 0)
        {
            all.Remove("Otp:Receipts:BaseUrl");
        }

        return new ReceiptGateway(await TestGateway.StartAsync(all), twilio, hook, next);
    }

    public static string NewPhone() => $"+4477{RandomNumberGenerator.GetString("0123456789", 8)}";

    /// <summary>Sends a code by SMS; the address that Twilio was given for its callbacks.</summary>
    public async Task<string> SendBySmsAsync(string phone)
    {
        Assert.Equal(HttpStatusCode.OK, (await Gateway.SendAsync(phone)).Status);
        return (await Twilio.ReceiveAsync()).Form["StatusCallback"];
    }

    /// <summary>Sends a code by mail; the address that the webhook was given for its reports.</summary>
    public async Task<string> SendByMailAsync(string address)
    {
        Assert.Equal(HttpStatusCode.OK, (await Gateway.SendAsync(address)).Status);
        return DataOf(await Hook.ReceiveAsync()).GetProperty("receiptUrl").GetString()!;
    }

    /// <summary>The message that a webhook was given.</summary>
    internal static JsonElement DataOf(ReceivedRequest request) => JsonDocument.Parse(request.Body).RootElement.GetProperty("data");

    /// <summary>Calls back as Twilio does. What Twilio's own SDK would take, and nothing else, counts as signed.</summary>
    public async Task<Answer> CallBackAsync(string url, Dictionary<string, string> fields, string? signature = null)
    {
        signature ??= Sign(url, fields);
        using var content = new FormUrlEncodedContent(fields);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url).PathAndQuery) { Content = content };
        request.Headers.Add("X-Twilio-Signature", signature);
        using var response = await Gateway.Http.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> CallBackAsync(string url, string status, string? error = null) => CallBackAsync(url, Fields(status, error));

    public static Dictionary<string, string> Fields(string status, string? error = null)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MessageStatus"] = status,
            ["MessageSid"] = "SM0123456789abcdef0123456789abcdef",
            ["To"] = "+447700900123",
            ["AccountSid"] = "AC0123456789abcdef0123456789abcdef",
            ["ApiVersion"] = "2010-04-01",
            ["ChannelInstallSid"] = "",
        };
        if (error is not null)
        {
            fields["ErrorCode"] = error;
        }

        return fields;
    }

    /// <summary>Signs as Twilio's documents say.</summary>
    public static string Sign(string url, Dictionary<string, string> fields, string token = AuthToken)
    {
        var text = url + string.Concat(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value));
#pragma warning disable CA5350 // Twilio's.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        Assert.True(new RequestValidator(token).Validate(url, fields, signature));
        return signature;
    }

    /// <summary>Reports as a webhook does, signed after Standard Webhooks.</summary>
    /// <param name="url">The address that it was given.</param>
    /// <param name="json">The report.</param>
    /// <param name="secret">What it is signed with.</param>
    /// <param name="age">How long ago it was signed.</param>
    /// <param name="sent">What is sent instead of what was signed.</param>
    public async Task<Answer> ReportAsync(string url, string json, string secret = WebhookSecret, TimeSpan age = default, string? sent = null)
    {
        var timestamp = (Gateway.Time.GetUtcNow() - age).ToUnixTimeSeconds();
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"msg_1.{timestamp}.{json}")));
        using var content = new StringContent(sent ?? json, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(url).PathAndQuery) { Content = content };
        request.Headers.Add("webhook-id", "msg_1");
        request.Headers.Add("webhook-timestamp", $"{timestamp}");
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,AAAA v1,{signature}");
        using var response = await Gateway.Http.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response);
    }

    /// <summary>What an operator sees of a target's latest message: state, reason and provider.</summary>
    public async Task<(string? State, string? Reason, string? Provider)> SeenAsync(string target)
    {
        var sends = (await InspectAsync(target)).GetProperty("sends");
        var last = sends[sends.GetArrayLength() - 1];
        return (last.GetProperty("state").GetString(), last.GetProperty("reason").GetString(), last.GetProperty("provider").GetString());
    }

    public async Task<JsonElement> InspectAsync(string target)
    {
        using var content = new StringContent($$"""{"target":"{{target}}"}""", Encoding.UTF8, "application/json");
        return (await Gateway.PostAsync("/admin/targets/inspect", content, await Gateway.TokenAsync(TestGateway.AcmeAdmin))).Json;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Twilio.DisposeAsync();
        await Hook.DisposeAsync();
        await Next.DisposeAsync();
    }
}
