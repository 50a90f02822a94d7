using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Loyalife;

public sealed class TokenTests(LoyalifeFixture fixture)
{
    private readonly LoyalifeService _service = fixture.Service;

    [Fact]
    public async Task Credentials_get_a_token_and_its_end()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Tokens:Lifetime"] = "00:30:00" });
        var (_, email) = await service.NewMemberAsync();

        var answer = await service.TokenAsync(Body());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        var results = answer.Json.GetProperty("results");
        Assert.Equal(["token", "tokenExpiresOn"], results.EnumerateObject().Select(m => m.Name));
        var end = service.Gateway.Time.GetUtcNow().AddMinutes(30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Assert.Equal(end, results.GetProperty("tokenExpiresOn").GetString());
        var token = results.GetProperty("token").GetString();
        LoyalifeService.AssertDone(await service.GenerateAsync(email, token: token));

        service.Gateway.Time.Advance(TimeSpan.FromMinutes(30));
        LoyalifeService.AssertRefused(await service.GenerateAsync(email, token: token), HttpStatusCode.Unauthorized, "E102");
    }

    [Fact]
    public async Task Token_is_the_same_kind_on_both_surfaces()
    {
        var answer = await _service.TokenAsync(Body());
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");

        var other = await _service.Gateway.PostAsync(
            TestGateway.SendPath, content, answer.Json.GetProperty("results").GetProperty("token").GetString());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
    }

    [Fact]
    public async Task Client_id_and_scope_that_were_pasted_are_read_as_they_are_seen()
    {
        var (reference, email) = await _service.NewMemberAsync();
        var body = Body();
        body["client_id"] = $"\u200B{LoyalifeService.Client}\u00A0";
        body["scope"] = new JsonArray("LOGIN", $"\u202A{reference}\u202C ").ToJsonString();

        var token = (await _service.TokenAsync(body)).Json.GetProperty("results").GetProperty("token").GetString();

        LoyalifeService.AssertDone(await _service.GenerateAsync(email, token: token));
    }

    [Theory]
    [InlineData("client_secret", "wrong")]
    [InlineData("client_id", "nobody")]
    public async Task Wrong_credentials_are_unauthorized(string member, string value)
    {
        var body = Body();
        body[member] = value;

        var answer = await _service.TokenAsync(body);

        LoyalifeService.AssertRefused(answer, HttpStatusCode.Unauthorized, "E101");
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("grant_type", null, "grant_type: Field required")]
    [InlineData("client_id", null, "client_id: Field required")]
    [InlineData("client_secret", null, "client_secret: Field required")]
    [InlineData("grant_type", "\"password\"", "grant_type: Input should be 'client_credentials'")]
    [InlineData("client_id", "7", "client_id: Input should be a valid string")]
    [InlineData("client_secret", "[]", "client_secret: Input should be a valid string")]
    [InlineData("client_secret", "\"\"", "client_secret: String should have at least 1 character")]
    [InlineData("scope", "5", "scope: Input should be a valid string")]
    [InlineData("scope", "\"LOGIN\"", "scope: Value error, not a JSON array")]
    [InlineData("scope", "\"[\\\"LOGIN\\\"]\"", "scope: Value error, not a JSON array")]
    [InlineData("scope", "\"[\\\"login\\\",\\\"CID\\\"]\"", "scope: Value error, not a JSON array")]
    [InlineData("scope", "\"[\\\"LOGIN\\\",null]\"", "scope: Value error, not a JSON array")]
    [InlineData("scope", "\"[\\\"LOGIN\\\",\\\"\\\"]\"", "scope: Value error, not a JSON array")]
    [InlineData("scope", "\"[\\\"LOGIN\\\",\\\"\\\\ud800\\\"]\"", "scope: Value error, not a JSON array")]
    [InlineData("scope", "\"[\\\"LOGIN\\\",\\\"a\\\",\\\"b\\\"]\"", "scope: Value error, not a JSON array")]
    public async Task Malformed_body_is_told_where(string member, string? json, string fault)
    {
        var body = Body();
        body.Remove(member);
        if (json is not null)
        {
            body[member] = JsonNode.Parse(json);
        }

        LoyalifeService.AssertRefused(await _service.TokenAsync(body), HttpStatusCode.BadRequest, "999", fault);
    }

    [Fact]
    public async Task All_faults_are_told_at_once()
    {
        var answer = await _service.TokenAsync([]);

        LoyalifeService.AssertRefused(
            answer,
            HttpStatusCode.BadRequest,
            "999",
            "Bad request: grant_type: Field required; client_id: Field required; client_secret: Field required");
    }

    private static JsonObject Body() => new()
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = LoyalifeService.Client,
        ["client_secret"] = TestGateway.Secret,
    };
}
