using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

/// <summary>The way of the README, from a token to a session.</summary>
public sealed class FirstLightTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Code_from_the_inbox_opens_a_session()
    {
        const string Demo = "demo";
        var token = (await _gateway.PostFormAsync(
            TestGateway.TokenPath, new() { ["username"] = Demo, ["password"] = "demo-secret" })).Text("accessToken");
        using var send = Json("""{"target":"first.light@example.com"}""");
        var sent = await _gateway.PostAsync(TestGateway.SendPath, send, token);
        var message = (await _gateway.GetAsync("/dev/inbox")).Json.EnumerateArray()
            .First(m => m.GetProperty("to").GetString() == "first.light@example.com");
        var code = message.GetProperty("code").GetString()!;
        using var verify = Json($$"""{"target":"first.light@example.com","code":"{{code}}","name":"Jane Doe"}""");
        var verified = await _gateway.PostAsync(TestGateway.VerifyPath, verify, token);
        using var session = Json($$"""{"sessionToken":"{{verified.Text("sessionToken")}}"}""");
        var read = await _gateway.PostAsync(TestGateway.SessionPath, session, token);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(
            $$"""{"success":true,"message":"OTP sent successfully","error":null,"otpType":"email","mockCode":"{{code}}"}""", sent.Body);
        Assert.Matches("^[0-9]{6}$", code);
        Assert.Equal("19", message.GetProperty("program").GetString());
        Assert.Equal("email", message.GetProperty("channel").GetString());
        Assert.Contains(code, message.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(code, message.GetProperty("html").GetString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, verified.Status);
        var identity = verified.Json.GetProperty("identity");
        Assert.Equal(
            $$"""{"success":true,"error":null,"verifiedTarget":"first.light@example.com","otpType":"email","sessionToken":"{{verified.Text("sessionToken")}}","identity":{{identity.GetRawText()}}}""",
            verified.Body);
        Assert.Equal(
            ["id", "email", "phone", "name", "verified", "verifiedAt", "trustLevel"],
            identity.EnumerateObject().Select(p => p.Name));
        Assert.Matches("^[0-9a-f]{24}$", identity.GetProperty("id").GetString());
        Assert.Equal("first.light@example.com", identity.GetProperty("email").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, identity.GetProperty("phone").ValueKind);
        Assert.Equal("Jane Doe", identity.GetProperty("name").GetString());
        Assert.True(identity.GetProperty("verified").GetBoolean());
        Assert.Equal(_gateway.Time.GetUtcNow(), identity.GetProperty("verifiedAt").GetDateTimeOffset());
        Assert.NotEmpty(identity.GetProperty("trustLevel").GetString()!);

        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal($$"""{"valid":true,"identity":{{identity.GetRawText()}}}""", read.Body);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
