using System.Text.Json;
using Twilio.Clients;
using Twilio.Exceptions;
using Twilio.Http;
using Twilio.Rest.Verify.V2;
using Twilio.Rest.Verify.V2.Service;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Twilio's SDK for .NET, unchanged but for the host, as the demo account of Development. Each call goes to the next of the gateways.</summary>
public sealed class TwilioSdk : IDisposable
{
    public const string Account = "AC00000000000000000000000000000019";
    public const string Service = "VA00000000000000000000000000000019";
    public const string Token = "demo-secret";

    private readonly System.Net.Http.HttpClient _http;
    private readonly System.Net.Http.HttpClient _inbox = new();
    private readonly Uri[] _gateways;
    private readonly TwilioRestClient _client;
    private readonly TwilioRestClient _stranger;

    public TwilioSdk(params Uri[] gateways)
    {
        _gateways = gateways;
        _http = new System.Net.Http.HttpClient(new Redirect(gateways));
        _client = new TwilioRestClient(Account, Token, httpClient: new SystemNetHttpClient(_http));
        _stranger = new TwilioRestClient(Account, "another token", httpClient: new SystemNetHttpClient(_http));
    }

    /// <summary>Sends, checks, fetches and cancels, and reads what the SDK makes of refusals.</summary>
    public async Task RunAsync()
    {
        var service = await ServiceResource.FetchAsync(pathSid: Service, client: _client);
        Assert.Equal((Service, Account, "demo"), (service.Sid, service.AccountSid, service.FriendlyName));

        await CheckByTargetAsync($"+4477{Digits(8)}", "sms");
        await CheckBySidAsync($"{Digits(12)}@example.com");
        await CancelAsync($"+4477{Digits(8)}");

        var invalid = await Assert.ThrowsAsync<ApiException>(() => StartAsync("nobody", "sms"));
        Assert.Equal((60200, 400, "Invalid parameter: To", "https://www.twilio.com/docs/errors/60200"), (invalid.Code, invalid.Status, invalid.Message, invalid.MoreInfo));
        var unknown = await Assert.ThrowsAsync<ApiException>(() => ServiceResource.FetchAsync(pathSid: Service, client: _stranger));
        Assert.Equal((20003, 401), (unknown.Code, unknown.Status));
    }

    public void Dispose()
    {
        _http.Dispose();
        _inbox.Dispose();
    }

    private static string Digits(int count) => System.Security.Cryptography.RandomNumberGenerator.GetString("0123456789", count);

    private async Task CheckByTargetAsync(string to, string channel)
    {
        var started = await StartAsync(to, channel);
        Assert.Equal((to, "pending", false), (started.To, started.Status, started.Valid));
        Assert.Equal(VerificationResource.ChannelEnum.Sms, started.Channel);
        Assert.Single(started.SendCodeAttempts);
        Assert.NotNull(started.DateCreated);
        var fetched = await VerificationResource.FetchAsync(pathServiceSid: Service, pathSid: started.Sid, client: _client);
        Assert.Equal((started.Sid, started.DateCreated, started.Status), (fetched.Sid, fetched.DateCreated, fetched.Status));

        var code = await CodeAsync(to);
        var wrong = await VerificationCheckResource.CreateAsync(pathServiceSid: Service, to: to, code: WrongFor(code), client: _client);
        Assert.Equal((started.Sid, "pending", false), (wrong.Sid, wrong.Status, wrong.Valid));
        var right = await VerificationCheckResource.CreateAsync(pathServiceSid: Service, to: to, code: code, client: _client);
        Assert.Equal((started.Sid, "approved", true), (right.Sid, right.Status, right.Valid));
        await AssertGoneAsync(() => VerificationResource.FetchAsync(pathServiceSid: Service, pathSid: started.Sid, client: _client));
    }

    private async Task CheckBySidAsync(string to)
    {
        var started = await StartAsync(to, "email");
        var code = await CodeAsync(to);

        var right = await VerificationCheckResource.CreateAsync(pathServiceSid: Service, verificationSid: started.Sid, code: code, client: _client);

        Assert.Equal((started.Sid, to, "approved"), (right.Sid, right.To, right.Status));
    }

    private async Task CancelAsync(string to)
    {
        var started = await StartAsync(to, "sms");
        var code = await CodeAsync(to);

        var canceled = await VerificationResource.UpdateAsync(
            pathServiceSid: Service, pathSid: started.Sid, status: VerificationResource.StatusEnum.Canceled, client: _client);

        Assert.Equal((started.Sid, "canceled"), (canceled.Sid, canceled.Status));
        await AssertGoneAsync(() => VerificationCheckResource.CreateAsync(pathServiceSid: Service, to: to, code: code, client: _client));
    }

    private Task<VerificationResource> StartAsync(string to, string channel) =>
        VerificationResource.CreateAsync(pathServiceSid: Service, to: to, channel: channel, client: _client);

    private static async Task AssertGoneAsync(Func<Task> call)
    {
        var gone = await Assert.ThrowsAsync<ApiException>(call);
        Assert.Equal((20404, 404), (gone.Code, gone.Status));
    }

    private static string WrongFor(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    // The newest first.
    private async Task<string> CodeAsync(string to)
    {
        using var inbox = JsonDocument.Parse(await _inbox.GetStringAsync(new Uri(_gateways[0], "/dev/inbox"), TestContext.Current.CancellationToken));
        return inbox.RootElement.EnumerateArray().First(message => message.GetProperty("to").GetString() == to).GetProperty("code").GetString()!;
    }

    /// <summary>Sends what is meant for Twilio's host to a gateway.</summary>
    private sealed class Redirect(Uri[] gateways) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _calls;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("verify.twilio.com", request.RequestUri!.Host);
            request.RequestUri = new Uri(gateways[Interlocked.Increment(ref _calls) % gateways.Length], request.RequestUri.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
