using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Verify;

/// <summary>
/// A gateway with services: <see cref="Shop"/> (program <c>31</c>, Twilio's rules, everything allowed; clients <c>shop</c>, <c>shop-admin</c>),
/// <see cref="Plain"/> (<c>32</c>, of the same account, nothing set), <see cref="Bank"/> (<c>33</c>, payments), <see cref="Strict"/>
/// (<c>34</c>: British mobile numbers, <c>example.com</c>, a gap of 30 s; mail goes to a server that is not there).
/// </summary>
public sealed class VerifyGateway : IAsyncDisposable
{
    public const string Account = "AC0000000000000000000000000000000a";
    public const string OtherAccount = "AC0000000000000000000000000000000b";
    public const string ApiKey = "SK0000000000000000000000000000000c";
    public const string ApiKeySecret = "the secret of the key";
    public const string Shop = "VA00000000000000000000000000000031";
    public const string Plain = "VA00000000000000000000000000000032";
    public const string Bank = "VA00000000000000000000000000000033";
    public const string Strict = "VA00000000000000000000000000000034";
    public const string Root = "/v2/Services";
    public const string ShopClient = "shop";
    public const string ShopAdmin = "shop-admin";

    private static int _numbers;

    private VerifyGateway(TestGateway gateway) => Gateway = gateway;

    public TestGateway Gateway { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<VerifyGateway> StartAsync(Dictionary<string, string>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Otp:Programs:31:DefaultRegion"] = "GB",
            ["Otp:Programs:31:Policy:Defaults"] = "Twilio",
            ["Otp:Programs:31:AllowUnregistered"] = "true",
            ["Otp:Programs:31:Clients:shop:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:31:Clients:shop:Roles:0"] = "otp",
            ["Otp:Programs:31:Clients:shop-admin:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:31:Clients:shop-admin:Roles:0"] = "admin",
            [$"Otp:Programs:31:Verify:ApiKeys:{ApiKey}:SecretHashes:0"] = TestGateway.HashOf(ApiKeySecret),
            ["Otp:Programs:31:Verify:Channels:0"] = "Email",
            ["Otp:Programs:31:Verify:Channels:1"] = "Sms",
            ["Otp:Programs:31:Verify:Channels:2"] = "Call",
            ["Otp:Programs:31:Verify:Channels:3"] = "WhatsApp",
            ["Otp:Programs:31:Verify:CustomCode"] = "true",
            ["Otp:Programs:31:Verify:CustomFriendlyName"] = "true",
            ["Otp:Programs:33:Policy:Defaults"] = "Twilio",
            ["Otp:Programs:33:Verify:Psd2"] = "true",
            ["Otp:Programs:33:Verify:Channels:0"] = "Sms",
            ["Otp:Programs:33:Verify:Channels:1"] = "Call",
            ["Otp:Programs:33:Clients:bank:SecretHashes:0"] = TestGateway.SecretHash,
            ["Otp:Programs:33:Clients:bank:Roles:0"] = "otp",
            ["Otp:Programs:34:Policy:AllowedCountries:0"] = "GB",
            ["Otp:Programs:34:Policy:AllowedNumberTypes:0"] = "MOBILE",
            ["Otp:Programs:34:Policy:AllowedDomains:0"] = "example.com",
            ["Otp:Programs:34:Policy:MinimumGap"] = "00:00:30",
            ["Otp:Programs:34:Delivery:Email:0"] = "smtp",
        };
        foreach (var (program, service, account) in new[] { (31, Shop, Account), (32, Plain, Account), (33, Bank, OtherAccount), (34, Strict, OtherAccount) })
        {
            all[$"Otp:Programs:{program}:Verify:ServiceSid"] = service;
            all[$"Otp:Programs:{program}:Verify:AccountSid"] = account;
            all[$"Otp:Programs:{program}:Verify:AuthTokenHashes:0"] = TestGateway.SecretHash;
        }

        foreach (var (key, value) in settings ?? [])
        {
            all[key] = value;
        }

        return new VerifyGateway(await TestGateway.StartAsync(all, configure));
    }

    /// <summary>A British mobile number that no other test uses.</summary>
    public static string NewPhone() => string.Create(CultureInfo.InvariantCulture, $"+4477{Interlocked.Increment(ref _numbers) + 11_000_000:D8}");

    public static string AccountOf(string service) => service is Shop or Plain ? Account : OtherAccount;

    /// <summary>Starts a verification by SMS, or by mail where the target is an address.</summary>
    public Task<Answer> StartAsync(string to, string service = Shop, string? key = null, params (string Name, string Value)[] more) =>
        PostAsync($"{service}/Verifications", [("To", to), ("Channel", to.Contains('@', StringComparison.Ordinal) ? "email" : "sms"), .. more], key);

    public Task<Answer> CheckAsync(string to, string code, string service = Shop, string? key = null, params (string Name, string Value)[] more) =>
        PostAsync($"{service}/VerificationCheck", [("To", to), ("Code", code), .. more], key);

    public Task<Answer> FetchAsync(string sidOrTo, string service = Shop) => CallAsync(HttpMethod.Get, $"{service}/Verifications/{Uri.EscapeDataString(sidOrTo)}");

    public Task<Answer> UpdateAsync(string sidOrTo, string status, string service = Shop, string? key = null) =>
        PostAsync($"{service}/Verifications/{Uri.EscapeDataString(sidOrTo)}", [("Status", status)], key);

    /// <summary>Posts a form; of fields with one name the last stands.</summary>
    public async Task<Answer> PostAsync(string path, (string Name, string Value)[] form, string? key = null)
    {
        using var content = new FormUrlEncodedContent(form.Reverse().DistinctBy(field => field.Name).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await CallAsync(HttpMethod.Post, path, content, key: key);
    }

    /// <summary>Makes a call below <see cref="Root"/>, by default as the account that the service belongs to.</summary>
    public async Task<Answer> CallAsync(
        HttpMethod method, string path, HttpContent? content = null, string? user = null, string secret = TestGateway.Secret, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"{Root}/{path}") { Content = content };
        request.Headers.Authorization = Basic(user ?? AccountOf(path.Split('/')[0]), secret);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        using var response = await Gateway.Http.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response);
    }

    public static AuthenticationHeaderValue Basic(string user, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{secret}")));

    /// <summary>Starts a verification, and gives back its SID and its code.</summary>
    public async Task<(string Sid, string Code)> SendCodeAsync(string to, string service = Shop, params (string Name, string Value)[] more)
    {
        var answer = await StartAsync(to, service, key: null, more);
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (answer.Text("sid"), (await MessagesAsync(to))[0].Code);
    }

    /// <summary>What was sent to a target, newest first.</summary>
    public async Task<IReadOnlyList<(string Code, string Text)>> MessagesAsync(string to) =>
    [
        .. (await Gateway.GetAsync("/dev/inbox")).Json.EnumerateArray()
            .Where(message => message.GetProperty("to").GetString() == to)
            .Select(message => (message.GetProperty("code").GetString()!, message.GetProperty("text").GetString()!)),
    ];

    /// <summary>How many sends each window counts, by what an operator is told.</summary>
    public async Task<int> CountedAsync(string to)
    {
        using var content = new StringContent($$"""{"target":"{{to}}"}""", Encoding.UTF8, "application/json");
        var report = await Gateway.PostAsync("/admin/targets/inspect", content, await Gateway.TokenAsync(ShopAdmin));
        return report.Json.GetProperty("windows").EnumerateArray().Max(window => window.GetProperty("sent").GetInt32());
    }

    public static void AssertError(Answer answer, HttpStatusCode status, int code, string? part = null)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal(["code", "message", "more_info", "status"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(code, answer.Json.GetProperty("code").GetInt32());
        Assert.Equal((int)status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", answer.Text("more_info"));
        Assert.Contains(part ?? "", answer.Text("message"), StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
