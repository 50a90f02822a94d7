using System.Text.Json;
using Twilio.Clients;
using Twilio.Http;
using Twilio.Rest.Verify.V2;
using Twilio.Rest.Verify.V2.Service;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Twilio's SDK for .NET.</summary>
internal sealed class DotnetSdk : ITwilioSdk
{
    private readonly System.Net.Http.HttpClient _http;
    private readonly TwilioRestClient _client;

    public DotnetSdk(params Uri[] gateways)
    {
        _http = new System.Net.Http.HttpClient(new Redirect(gateways));
        _client = ClientOf(TwilioDemo.Token);
    }

    public async Task<SdkService> FetchServiceAsync(string secret = TwilioDemo.Token)
    {
        var service = await ServiceResource.FetchAsync(pathSid: TwilioDemo.Service, client: ClientOf(secret));
        return new SdkService(service.Sid, service.AccountSid, service.FriendlyName, service.CodeLength!.Value);
    }

    public async Task<SdkVerification> StartAsync(string to, string channel, string? locale = null) =>
        Read(await VerificationResource.CreateAsync(pathServiceSid: TwilioDemo.Service, to: to, channel: channel, locale: locale, client: _client));

    public async Task<SdkVerification> FetchAsync(string sidOrTo) =>
        Read(await VerificationResource.FetchAsync(pathServiceSid: TwilioDemo.Service, pathSid: sidOrTo, client: _client));

    public async Task<SdkVerification> UpdateAsync(string sidOrTo, string status) =>
        Read(await VerificationResource.UpdateAsync(pathServiceSid: TwilioDemo.Service, pathSid: sidOrTo, status: status, client: _client));

    public async Task<SdkCheck> CheckAsync(string code, string? to = null, string? verificationSid = null)
    {
        var check = await VerificationCheckResource.CreateAsync(
            pathServiceSid: TwilioDemo.Service, code: code, to: to, verificationSid: verificationSid, client: _client);
        return new SdkCheck(
            check.Sid,
            check.ServiceSid,
            check.AccountSid,
            check.To,
            check.Channel.ToString(),
            check.Status,
            check.Valid!.Value,
            check.DateCreated!.Value,
            check.DateUpdated!.Value);
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private TwilioRestClient ClientOf(string secret) => new(TwilioDemo.Account, secret, httpClient: new SystemNetHttpClient(_http));

    private static SdkVerification Read(VerificationResource verification) => new(
        verification.Sid,
        verification.ServiceSid,
        verification.AccountSid,
        verification.To,
        verification.Channel.ToString(),
        verification.Status,
        verification.Valid!.Value,
        verification.DateCreated!.Value,
        verification.DateUpdated!.Value,
        verification.Url.ToString(),
        [.. verification.SendCodeAttempts.Select(static attempt => JsonSerializer.Deserialize<SdkAttempt>(attempt.ToString()!)!)]);

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
