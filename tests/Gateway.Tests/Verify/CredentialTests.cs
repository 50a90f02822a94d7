using System.Net;
using System.Net.Http.Headers;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Verify;

/// <summary>Who may call a service.</summary>
public sealed class CredentialTests(VerifyFixture fixture)
{
    private readonly VerifyGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task Accounts_token_is_good_for_all_of_its_services()
    {
        Assert.Equal(HttpStatusCode.OK, (await _gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop)).Status);
        Assert.Equal(HttpStatusCode.OK, (await _gateway.CallAsync(HttpMethod.Get, VerifyGateway.Plain)).Status);
    }

    [Fact]
    public async Task Api_key_is_good_for_its_service_alone()
    {
        Assert.Equal(HttpStatusCode.OK, (await CallAsync(VerifyGateway.Shop)).Status);
        VerifyGateway.AssertError(await CallAsync(VerifyGateway.Plain), HttpStatusCode.NotFound, 20404);

        Task<Answer> CallAsync(string service) => _gateway.CallAsync(HttpMethod.Get, service, user: VerifyGateway.ApiKey, secret: VerifyGateway.ApiKeySecret);
    }

    [Theory]
    [InlineData("VA99999999999999999999999999999999")]
    [InlineData(VerifyGateway.Bank)]
    [InlineData("nothing")]
    public async Task Service_that_is_not_the_callers_is_not_found(string service)
    {
        var answer = await _gateway.CallAsync(HttpMethod.Get, service, user: VerifyGateway.Account);

        VerifyGateway.AssertError(answer, HttpStatusCode.NotFound, 20404);
    }

    [Theory]
    [InlineData(VerifyGateway.Account, "wrong")]
    [InlineData(VerifyGateway.Account, "")]
    [InlineData("AC99999999999999999999999999999999", TestGateway.Secret)]
    [InlineData(VerifyGateway.ShopClient, TestGateway.Secret)]
    [InlineData("", "")]
    public async Task Wrong_credentials_are_unauthorized(string user, string secret)
    {
        var answer = await _gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop, user: user, secret: secret);

        VerifyGateway.AssertError(answer, HttpStatusCode.Unauthorized, 20003);
        Assert.StartsWith("Basic realm=", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Bearer token")]
    public async Task Header_without_credentials_is_unauthorized(string? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{VerifyGateway.Root}/{VerifyGateway.Shop}");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using var response = await _gateway.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        VerifyGateway.AssertError(await Answer.ReadAsync(response), HttpStatusCode.Unauthorized, 20003);
    }

    [Fact]
    public async Task Bearer_token_of_the_program_is_no_credential_here()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{VerifyGateway.Root}/{VerifyGateway.Shop}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _gateway.Gateway.TokenAsync(VerifyGateway.ShopClient));
        using var response = await _gateway.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Guesses_at_a_token_are_limited_and_the_callers_own_calls_are_not()
    {
        await using var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Limits:FailedTokensPerAddress:Limit"] = "3", ["Otp:Limits:TokensPerAddress:Limit"] = "10" });
        Assert.Equal(HttpStatusCode.OK, (await gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop)).Status);
        for (var i = 0; i < 3; i++)
        {
            VerifyGateway.AssertError(await gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop, secret: $"wrong {i}"), HttpStatusCode.Unauthorized, 20003);
        }

        var limited = await gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop, secret: "wrong again");

        VerifyGateway.AssertError(limited, HttpStatusCode.TooManyRequests, 20429);
        Assert.NotNull(limited.Header("Retry-After"));
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.CallAsync(HttpMethod.Get, VerifyGateway.Shop)).Status);
        }
    }

    [Fact]
    public async Task Verification_of_one_service_is_not_anothers()
    {
        var to = VerifyGateway.NewPhone();
        var (sid, code) = await _gateway.SendCodeAsync(to);

        VerifyGateway.AssertError(await _gateway.FetchAsync(sid, VerifyGateway.Plain), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.FetchAsync(to, VerifyGateway.Plain), HttpStatusCode.NotFound, 20404);
        VerifyGateway.AssertError(await _gateway.CheckAsync(to, code, VerifyGateway.Plain), HttpStatusCode.NotFound, 20404);
    }

    [Fact]
    public async Task Audit_names_the_account_at_its_service_and_hides_the_target()
    {
        var folder = Directory.CreateTempSubdirectory("otp-audit-");
        var path = Path.Combine(folder.FullName, "audit.jsonl");
        var to = VerifyGateway.NewPhone();
        await using (var gateway = await VerifyGateway.StartAsync(new() { ["Otp:Audit:Path"] = path }))
        {
            var (sid, code) = await gateway.SendCodeAsync(to);
            await gateway.CheckAsync(to, TestGateway.WrongFor(code));
            await gateway.FetchAsync(to);
            await gateway.UpdateAsync(sid, "canceled");
            await gateway.CallAsync(HttpMethod.Get, $"{VerifyGateway.Shop}/Verifications/{sid}", secret: "wrong");
        }

        var lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        var client = $"\"client\":\"{VerifyGateway.Shop}/{VerifyGateway.Account}\",\"program\":\"31\",\"caller\":\"127.0.0.1\",\"subject\":\"";
        string[] ends =
        [
            "\"outcome\":\"sent\",\"status\":201}", "\"outcome\":\"wrong_code\",\"status\":200}", "\"outcome\":\"pending\",\"status\":200}",
            "\"outcome\":\"canceled\",\"status\":200}",
        ];
        Assert.All(ends.Zip(lines), pair => Assert.EndsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.All(lines[..4], line => Assert.Contains(client, line, StringComparison.Ordinal));
        var refused = $"\"act\":\"fetch verification\",\"claimedClient\":\"{VerifyGateway.Shop}/{VerifyGateway.Account}\",\"caller\":\"127.0.0.1\",\"outcome\":\"refused\",\"status\":401}}";
        Assert.EndsWith(refused, lines[4], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains(to, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Demo_program_answers_in_development()
    {
        const string Service = "VA00000000000000000000000000000019";

        var answer = await _gateway.CallAsync(HttpMethod.Get, Service, user: "AC00000000000000000000000000000019", secret: "demo-secret");

        Assert.Equal((HttpStatusCode.OK, Service, "demo"), (answer.Status, answer.Text("sid"), answer.Text("friendly_name")));
    }
}
