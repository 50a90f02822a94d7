using System.Net;
using System.Text.Json;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class SessionTests(GatewayFixture fixture)
{
    private const string NoSession = """{"valid":false,"identity":null}""";

    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Token_is_86_characters_of_base64url()
    {
        var verified = await SignInAsync(_gateway, TestGateway.NewTarget());

        Assert.Matches("^[A-Za-z0-9_-]{86}$", verified.Text("sessionToken"));
        Assert.Equal("no-store", verified.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ÄÖÜ")]
    [InlineData("A,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task Unknown_token_opens_nothing(string token)
    {
        var answer = await _gateway.SessionAsync(token);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(NoSession, answer.Body);
    }

    [Fact]
    public async Task Token_of_another_program_opens_nothing()
    {
        var verified = await SignInAsync(_gateway, TestGateway.NewTarget());

        Assert.Equal(NoSession, (await _gateway.SessionAsync(verified.Text("sessionToken"), TestGateway.Globex)).Body);
    }

    [Fact]
    public async Task Session_ends_by_its_token_and_the_others_stay()
    {
        var target = TestGateway.NewTarget();
        var ended = (await SignInAsync(_gateway, target)).Text("sessionToken");
        var other = (await SignInAsync(_gateway, target)).Text("sessionToken");

        var answer = await _gateway.EndSessionAsync(ended);

        Assert.Equal((HttpStatusCode.NoContent, ""), (answer.Status, answer.Body));
        Assert.Equal(NoSession, (await _gateway.SessionAsync(ended)).Body);
        Assert.True((await _gateway.SessionAsync(other)).Json.GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("A,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task End_of_no_session_succeeds(string token) =>
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.EndSessionAsync(token)).Status);

    [Fact]
    public async Task Token_of_another_program_ends_nothing()
    {
        var token = (await SignInAsync(_gateway, TestGateway.NewTarget())).Text("sessionToken");

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.EndSessionAsync(token, TestGateway.Globex)).Status);
        Assert.True((await _gateway.SessionAsync(token)).Json.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Erase_ends_the_sessions()
    {
        var target = TestGateway.NewTarget();
        var token = (await SignInAsync(_gateway, target)).Text("sessionToken");

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.PostAsync("/admin/targets/erase", $$"""{"target":"{{target}}"}""", TestGateway.AcmeAdmin)).Status);
        Assert.Equal(NoSession, (await _gateway.SessionAsync(token)).Body);
    }

    [Fact]
    public async Task Session_lives_a_day()
    {
        await using var gateway = await TestGateway.StartAsync();
        var verified = await SignInAsync(gateway, TestGateway.NewTarget());

        gateway.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.True((await gateway.SessionAsync(verified.Text("sessionToken"))).Json.GetProperty("valid").GetBoolean());
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(NoSession, (await gateway.SessionAsync(verified.Text("sessionToken"))).Body);
    }

    [Fact]
    public async Task Session_lives_as_long_as_the_settings_say()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:SessionLifetime"] = "00:10:00" });
        var token = (await SignInAsync(gateway, TestGateway.NewTarget())).Text("sessionToken");

        gateway.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.True((await gateway.SessionAsync(token)).Json.GetProperty("valid").GetBoolean());
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(NoSession, (await gateway.SessionAsync(token)).Body);
    }

    [Fact]
    public async Task Customer_stays_the_same_and_keeps_the_first_name()
    {
        var target = TestGateway.NewTarget();
        var first = (await SignInAsync(_gateway, target, "First")).Json.GetProperty("identity");
        var second = (await SignInAsync(_gateway, target, "Second")).Json.GetProperty("identity");

        Assert.Equal(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal("First", second.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Phone_customer_shows_its_number()
    {
        var verified = await SignInAsync(_gateway, "+44 20 7946 0103");
        var identity = verified.Json.GetProperty("identity");

        Assert.Equal("phone", verified.Text("otpType"));
        Assert.Equal("+442079460103", identity.GetProperty("phone").GetString());
        Assert.Equal(JsonValueKind.Null, identity.GetProperty("email").ValueKind);
        Assert.Equal(JsonValueKind.Null, identity.GetProperty("name").ValueKind);
    }

    private static async Task<Answer> SignInAsync(TestGateway gateway, string target, string? name = null)
    {
        var answer = await gateway.VerifyAsync(target, await gateway.SendCodeAsync(target), name: name);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }
}
