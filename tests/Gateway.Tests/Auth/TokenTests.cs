using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Otp.Gateway.Tests.Harness;
using Otp.Programs;

namespace Otp.Gateway.Tests.Auth;

public sealed class TokenTests(GatewayFixture fixture)
{
    private readonly TestGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Right_secret_gets_a_token()
    {
        var answer = await TokenAsync(TestGateway.Acme, TestGateway.Secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(
            $$"""{"accessToken":"{{answer.Text("accessToken")}}","tokenType":"bearer","mfaPending":false,"pendingToken":null}""",
            answer.Body);
    }

    [Fact]
    public async Task Token_says_who_may_do_what_and_until_when()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Tokens:Lifetime"] = "00:30:00" });
        var now = gateway.Time.GetUtcNow().UtcDateTime;

        var token = new JsonWebToken(await gateway.TokenAsync());

        Assert.Equal("HS256", token.Alg);
        Assert.Equal("orleans-otp", token.Issuer);
        Assert.Equal(["orleans-otp-api"], token.Audiences);
        Assert.Equal(now, token.IssuedAt);
        Assert.Equal(now, token.ValidFrom);
        Assert.Equal(now.AddMinutes(30), token.ValidTo);
        Assert.Equal(TestGateway.Acme, token.Subject);
        Assert.Equal(TestGateway.Acme, token.GetClaim("client_id").Value);
        Assert.Equal("acme", token.GetClaim("program").Value);
        Assert.Equal(new ClientSecret(TestGateway.SecretHash).Id, token.GetClaim("secret").Value);
        Assert.Matches("^[0-9a-f]{32}$", token.Id);
    }

    [Fact]
    public async Task Grant_type_password_is_accepted()
    {
        var answer = await _gateway.PostFormAsync(
            TestGateway.TokenPath,
            new() { ["grant_type"] = "password", ["username"] = TestGateway.Acme, ["password"] = TestGateway.Secret });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData(TestGateway.Acme, "wrong")]
    [InlineData(TestGateway.Acme, "correct horse battery staple ")]
    [InlineData("nobody", TestGateway.Secret)]
    [InlineData("ACME-APP", TestGateway.Secret)]
    public async Task Wrong_client_or_secret_is_refused_alike(string client, string secret)
    {
        var answer = await TokenAsync(client, secret);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("""{"detail":"Incorrect username or password"}""", answer.Body);
        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Both_secrets_work_while_one_replaces_the_other()
    {
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:Clients:acme-app:SecretHashes:0"] = TestGateway.HashOf("the new one"),
            ["Otp:Programs:acme:Clients:acme-app:SecretHashes:1"] = TestGateway.HashOf("the old one"),
        });
        var first = await gateway.PostFormAsync(TestGateway.TokenPath, Form(TestGateway.Acme, "the new one"));
        var second = await gateway.PostFormAsync(TestGateway.TokenPath, Form(TestGateway.Acme, "the old one"));
        var third = await gateway.PostFormAsync(TestGateway.TokenPath, Form(TestGateway.Acme, TestGateway.Secret));

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, third.Status);
    }

    [Fact]
    public async Task Demo_client_of_development_gets_a_token()
    {
        var answer = await TokenAsync("demo", "demo-secret");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var token = new JsonWebToken(answer.Text("accessToken"));
        Assert.Equal("19", token.GetClaim("program").Value);
    }

    [Fact]
    public async Task Missing_fields_are_told_at_once_without_what_was_given()
    {
        var answer = await _gateway.PostFormAsync(TestGateway.TokenPath, new() { ["grant_type"] = "client_credentials", ["password"] = "" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(
            """{"detail":[{"type":"string_pattern_mismatch","loc":["body","grant_type"],"msg":"String should match pattern '^password$'","input":"client_credentials","ctx":{"pattern":"^password$"}},{"type":"missing","loc":["body","username"],"msg":"Field required","input":null},{"type":"missing","loc":["body","password"],"msg":"Field required","input":null}]}""",
            answer.Body);
    }

    [Fact]
    public async Task Fault_beside_a_password_does_not_echo_it()
    {
        var answer = await _gateway.PostFormAsync(TestGateway.TokenPath, new() { ["password"] = TestGateway.Secret });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.DoesNotContain(TestGateway.Secret, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_body_lacks_both_fields()
    {
        var answer = await _gateway.PostAsync(TestGateway.TokenPath, content: null, token: null);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(2, answer.Json.GetProperty("detail").GetArrayLength());
    }

    [Theory]
    [InlineData("username=%00&password=%")]
    [InlineData("=&==&&&%zz=%ff")]
    public async Task Form_of_nonsense_is_the_callers_fault(string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        var answer = await _gateway.PostAsync(TestGateway.TokenPath, content, token: null);

        Assert.InRange((int)answer.Status, 400, 499);
    }

    [Theory]
    [InlineData("\u200Bacme-app")]
    [InlineData("acme-app\u00A0\n")]
    [InlineData("\u202Aacme\u00AD-app\u202C")]
    [InlineData("ａｃｍｅ-ａｐｐ")]
    public async Task Client_id_that_was_pasted_is_read_as_it_is_seen(string client) =>
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(client, TestGateway.Secret)).Status);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf8")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("nonsense")]
    public async Task Form_may_name_any_charset(string charset)
    {
        using var content = new FormUrlEncodedContent(Form(TestGateway.Acme, TestGateway.Secret));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/x-www-form-urlencoded; charset={charset}");

        Assert.Equal(HttpStatusCode.OK, (await _gateway.PostAsync(TestGateway.TokenPath, content, token: null)).Status);
    }

    [Fact]
    public async Task Form_may_be_multipart()
    {
        using var client = new StringContent(TestGateway.Acme);
        using var secret = new StringContent(TestGateway.Secret);
        using var grantType = new StringContent("password");
        using var content = new MultipartFormDataContent { { client, "username" }, { secret, "password" }, { grantType, "grant_type" } };

        Assert.Equal(HttpStatusCode.OK, (await _gateway.PostAsync(TestGateway.TokenPath, content, token: null)).Status);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "{}")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nacme")]
    [InlineData("multipart/form-data", "--x--")]
    public async Task Multipart_form_that_is_broken_is_told_as_that(string mediaType, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(mediaType));
        var answer = await _gateway.PostAsync(TestGateway.TokenPath, content, token: null);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("""{"detail":"There was an error parsing the body"}""", answer.Body);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/mixed; boundary=x")]
    public async Task Body_that_is_no_form_is_unsupported(string mediaType)
    {
        using var content = new StringContent("{}", Encoding.UTF8, MediaTypeHeaderValue.Parse(mediaType));
        var answer = await _gateway.PostAsync(TestGateway.TokenPath, content, token: null);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal("""{"detail":"Unsupported Media Type"}""", answer.Body);
    }

    [Fact]
    public async Task Form_over_16_KiB_is_too_large()
    {
        var answer = await TokenAsync(TestGateway.Acme, new string('x', 17_000));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    private static Dictionary<string, string> Form(string client, string secret) => new() { ["username"] = client, ["password"] = secret };

    private Task<Answer> TokenAsync(string client, string secret) => _gateway.PostFormAsync(TestGateway.TokenPath, Form(client, secret));
}
