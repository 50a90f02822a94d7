using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Otp.Gateway.Tests.Harness;
using Otp.Programs;

namespace Otp.Gateway.Tests.Auth;

public sealed class BearerTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Theory]
    [InlineData(TestGateway.SendPath)]
    [InlineData(TestGateway.VerifyPath)]
    [InlineData(TestGateway.SessionPath)]
    public async Task Call_without_a_token_is_not_authenticated(string path)
    {
        var answer = await _gateway.PostAsync(path, content: null, token: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("""{"detail":"Not authenticated"}""", answer.Body);
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData(TestGateway.SendPath)]
    [InlineData(TestGateway.VerifyPath)]
    [InlineData(TestGateway.SessionPath)]
    public async Task Client_without_the_role_otp_may_not_call(string path)
    {
        var answer = await _gateway.PostAsync(path, "{}", TestGateway.AcmeAdmin);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("""{"detail":"Not enough permissions"}""", answer.Body);
    }

    [Fact]
    public async Task Forged_token_with_the_right_key_is_accepted() => await AssertAcceptedAsync(Forge());

    [Fact]
    public async Task Garbage_is_refused() => await AssertRefusedAsync("garbage");

    [Fact]
    public async Task Unsigned_token_is_refused()
    {
        var payload = Base64UrlEncoder.Encode(
            """{"iss":"orleans-otp","aud":"orleans-otp-api","sub":"acme-app","client_id":"acme-app","program":"acme","secret":"AAAAAAAAAAA","nbf":0,"exp":9999999999}""");

        await AssertRefusedAsync($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{payload}.");
    }

    [Fact]
    public async Task Token_whose_signature_was_cut_off_is_refused()
    {
        var token = await _gateway.TokenAsync();

        await AssertRefusedAsync(token[..(token.LastIndexOf('.') + 1)]);
    }

    [Fact]
    public async Task Token_of_a_foreign_key_is_refused() => await AssertRefusedAsync(Forge(key: RandomNumberGenerator.GetBytes(32)));

    [Fact]
    public async Task Token_of_another_algorithm_is_refused() =>
        await AssertRefusedAsync(Forge(key: [.. TestGateway.SigningKey, .. TestGateway.SigningKey], algorithm: SecurityAlgorithms.HmacSha512));

    [Fact]
    public async Task Token_of_a_foreign_issuer_is_refused() => await AssertRefusedAsync(Forge(issuer: "someone-else"));

    [Fact]
    public async Task Token_for_another_audience_is_refused() => await AssertRefusedAsync(Forge(audience: "someone-else"));

    [Fact]
    public async Task Expired_token_is_refused() => await AssertRefusedAsync(Forge(expires: TimeSpan.FromSeconds(-1)));

    [Fact]
    public async Task Token_of_the_future_is_refused() => await AssertRefusedAsync(Forge(notBefore: TimeSpan.FromSeconds(10)));

    [Fact]
    public async Task Token_of_an_unknown_client_is_refused() => await AssertRefusedAsync(Forge(client: "nobody"));

    [Fact]
    public async Task Token_of_a_client_that_left_its_program_is_refused() => await AssertRefusedAsync(Forge(program: "globex"));

    [Fact]
    public async Task Token_lives_exactly_as_long_as_configured()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Tokens:Lifetime"] = "00:30:00" });
        var token = await gateway.TokenAsync();

        gateway.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        var last = await PostAsync(gateway, token);
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        var over = await PostAsync(gateway, token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, last.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, over.Status);
        Assert.Equal("""{"detail":"Could not validate credentials"}""", over.Body);
    }

    [Fact]
    public async Task Tokens_of_a_removed_client_stop_working()
    {
        await using var before = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:Clients:leaver:SecretHashes:0"] = TestGateway.HashOf(TestGateway.Secret),
            ["Otp:Programs:acme:Clients:leaver:Roles:0"] = "otp",
        });
        var token = await before.TokenAsync("leaver");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(before, token)).Status);

        await AssertRefusedAsync(token);
    }

    private static async Task<Answer> PostAsync(TestGateway gateway, string token)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        return await gateway.PostAsync(TestGateway.SendPath, content, token);
    }

    private async Task AssertRefusedAsync(string token)
    {
        var answer = await PostAsync(_gateway, token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("""{"detail":"Could not validate credentials"}""", answer.Body);
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    private async Task AssertAcceptedAsync(string token) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(_gateway, token)).Status);

    private string Forge(
        byte[]? key = null,
        string algorithm = SecurityAlgorithms.HmacSha256,
        string issuer = "orleans-otp",
        string audience = "orleans-otp-api",
        string client = TestGateway.Acme,
        string program = "acme",
        TimeSpan? expires = null,
        TimeSpan? notBefore = null)
    {
        var now = _gateway.Time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now + (notBefore ?? TimeSpan.FromMinutes(-5)),
            Expires = now + (expires ?? TimeSpan.FromMinutes(5)),
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["sub"] = client,
                ["client_id"] = client,
                ["program"] = program,
                ["secret"] = new ClientSecret(TestGateway.SecretHash).Id,
            },
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(key ?? TestGateway.SigningKey), algorithm),
        });
    }
}
