using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.LoyaltyDog;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>Every call that the document shows, tried as it stands and with every fault that all of them answer alike.</summary>
public sealed class ExampleRequestTests(GatewayFixture fixture)
{
    private static readonly string[] RefusedCodes = ["Invalid or expired code", "Invalid or expired OTP", "The requested resource /v2/Services/"];

    private readonly TestGateway _gateway = fixture.Gateway;

    public static TheoryData<string, string> Examples =>
        [.. ApiDocument.Current.Operations.SelectMany(operation => ExampleRequest.Names(operation).Select(name => (operation.ToString(), name)))];

    public static TheoryData<string> CallsWithBodies => [.. ApiDocument.Current.Operations.Where(HasBody).Select(operation => operation.ToString())];

    public static TheoryData<string> CallsWithJson => [.. ApiDocument.Current.Operations.Where(ExampleRequest.TakesJson).Select(operation => operation.ToString())];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_does_what_it_shows(string call, string name)
    {
        var operation = Find(call);

        var answer = await ExampleRequest.SendAsync(_gateway, operation, ExampleRequest.Body(operation, name));

        // The codes that the document shows are nobody's.
        Assert.True(answer.Status < HttpStatusCode.BadRequest || RefusedCodes.Any(text => answer.Body.Contains(text, StringComparison.Ordinal)), $"{call} {name}: {answer}");
    }

    [Theory]
    [MemberData(nameof(CallsWithBodies))]
    public async Task Body_over_16_KiB_is_too_large(string call)
    {
        var operation = Find(call);
        var mediaType = ExampleRequest.TakesJson(operation) ? "application/json" : "application/x-www-form-urlencoded";
        using var body = new StringContent($"{{\"a\":\"{new string('a', 17_000)}\"}}", Encoding.UTF8, mediaType);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await ExampleRequest.SendAsync(_gateway, operation, body)).Status);
    }

    [Theory]
    [MemberData(nameof(CallsWithBodies))]
    public async Task Other_media_type_is_unsupported(string call)
    {
        using var body = new StringContent("<a/>", Encoding.UTF8, "application/xml");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await ExampleRequest.SendAsync(_gateway, Find(call), body)).Status);
    }

    [Theory]
    [MemberData(nameof(CallsWithJson))]
    public async Task Body_that_is_no_text_is_malformed(string call)
    {
        using var body = new ByteArrayContent([0x7B, 0xFF, 0x7D]);
        body.Headers.ContentType = new("application/json");

        Assert.Equal(HttpStatusCode.BadRequest, (await ExampleRequest.SendAsync(_gateway, Find(call), body)).Status);
    }

    [Fact]
    public async Task Calls_without_storage_are_unavailable()
    {
        await using var gateway = await TestGateway.StartAsync(
            configure: static builder => DownStorage.Break(
                builder, "target", "member", "member-email", "verification", "event-outbox", "event-outbox-parked", "prefix", "blocked-prefixes", "health"));

        foreach (var operation in ApiDocument.Current.Operations.Where(CallsGrain))
        {
            var body = ExampleRequest.Body(operation, ExampleRequest.Names(operation).FirstOrDefault());
            var answer = await ExampleRequest.SendAsync(gateway, operation, body);

            Assert.True(answer.Status == HttpStatusCode.ServiceUnavailable, $"{operation}: {answer}");
        }
    }

    [Theory]
    [InlineData(TestGateway.TokenPath, "application/x-www-form-urlencoded")]
    [InlineData(TestGateway.SessionPath, "application/json")]
    [InlineData("/lbms-ingress/oauth/api/Auth/Token", "application/json")]
    public async Task Body_that_comes_too_slowly_is_timed_out(string path, string mediaType)
    {
        await using var gateway = await TestGateway.StartAsync(configure: builder =>
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(1.1))));
        var token = await gateway.TokenAsync();

        var answer = await RawHttp.ExchangeAsync(
            gateway.Port,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: {mediaType}\r\nContent-Length: 100\r\n\r\n{{");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("X-Request-Id: ", answer, StringComparison.Ordinal);
        Assert.Contains("Request Timeout\"", answer, StringComparison.Ordinal);
    }

    // A Verify service is nothing but settings.
    private static bool CallsGrain(ApiOperation operation) =>
        ExampleRequest.NeedsToken(operation) || (ExampleRequest.IsBasic(operation) && operation.Responses.TryGetProperty("503", out _));

    private static bool HasBody(ApiOperation operation) => operation.Json.TryGetProperty("requestBody", out _);

    private static ApiOperation Find(string call) => ApiDocument.Current.Operations.Single(operation => operation.ToString() == call);
}
