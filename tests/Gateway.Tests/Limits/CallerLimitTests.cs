using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.Limits;

/// <summary>Limits on callers over HTTP, each caller told from the others by what a trusted proxy says.</summary>
public sealed class CallerLimitTests
{
    private const string Here = "198.51.100.1";
    private const string There = "198.51.100.2";

    [Fact]
    public async Task Sends_from_one_address_are_limited_whatever_their_program_and_target()
    {
        await using var gateway = await StartAsync(("Otp:Limits:SendsPerAddress:Limit", "3"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here, TestGateway.Globex)).Status);

        var refused = await SendAsync(gateway, Here);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("""{"success":false,"message":null,"error":"Rate limit exceeded","otpType":"email","mockCode":null}""", refused.Body);
        Assert.Equal("20", refused.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, There)).Status);
        gateway.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);
    }

    [Fact]
    public async Task Send_refused_by_a_callers_limit_is_not_counted_for_its_target()
    {
        await using var gateway = await StartAsync(("Otp:Limits:SendsPerAddress:Limit", "1"));
        var target = TestGateway.NewTarget();
        await SendAsync(gateway, Here);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, Here, target: target)).Status);

        var sent = await SendAsync(gateway, There, target: target);

        Assert.StartsWith("\"hour\";r=4;", sent.Header("RateLimit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_of_one_program_are_limited_wherever_they_come_from_and_those_of_others_are_not()
    {
        await using var gateway = await StartAsync(("Otp:Programs:acme:SendRate:Limit", "2"), ("Otp:Programs:acme:SendRate:Period", "01:00:00"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, There)).Status);

        var refused = await SendAsync(gateway, "198.51.100.3");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("1800", refused.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here, TestGateway.Globex)).Status);
    }

    [Fact]
    public async Task Sends_for_one_end_user_are_limited_within_the_program_that_names_the_address()
    {
        await using var service = await LoyalifeService.StartAsync(new() { ["Otp:Limits:SendsPerAddress:Limit"] = "2" });

        Assert.Equal(HttpStatusCode.OK, (await GenerateAsync("203.0.113.7:51234")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GenerateAsync("203.0.113.7, 10.0.0.1")).Status);
        LoyalifeService.AssertRefused(await GenerateAsync("203.0.113.7"), HttpStatusCode.TooManyRequests, "E202");

        Assert.Equal(HttpStatusCode.OK, (await GenerateAsync("203.0.113.8")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GenerateAsync("203.0.113.7", 8, LoyalifeService.OpenClient)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GenerateAsync(null)).Status);
        Assert.Equal(HttpStatusCode.OK, (await GenerateAsync("nowhere")).Status);
        LoyalifeService.AssertRefused(await GenerateAsync(null), HttpStatusCode.TooManyRequests, "E202");

        Task<Answer> GenerateAsync(string? address, int program = 7, string client = LoyalifeService.Client) => service.PostAsync(
            LoyalifeService.GeneratePath, LoyalifeService.GenerateBody(TestGateway.NewTarget(), program, ("SourceAddress", address)), client);
    }

    [Fact]
    public async Task Token_requests_from_one_address_are_limited()
    {
        await using var gateway = await StartAsync(("Otp:Limits:TokensPerAddress:Limit", "2"));
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, Here)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, Here)).Status);

        var refused = await TokenAsync(gateway, Here);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("""{"detail":"Too many requests"}""", refused.Body);
        Assert.Equal("30", refused.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, There)).Status);
    }

    [Fact]
    public async Task Guesser_is_refused_early_and_locks_nobody_out_elsewhere()
    {
        await using var gateway = await StartAsync(("Otp:Limits:FailedTokensPerClient:Limit", "3"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(gateway, Here, secret: "wrong")).Status);
        }

        var refused = await TokenAsync(gateway, Here, secret: "wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("20", refused.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, There)).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, Here, TestGateway.Globex)).Status);
    }

    [Fact]
    public async Task Guesser_who_tries_many_clients_is_refused_by_address()
    {
        await using var gateway = await StartAsync(("Otp:Limits:FailedTokensPerAddress:Limit", "3"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(gateway, Here, $"client-{i}")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await TokenAsync(gateway, Here, "client-4")).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, There)).Status);
    }

    [Fact]
    public async Task Right_secrets_are_never_counted_as_failed()
    {
        await using var gateway = await StartAsync(("Otp:Limits:FailedTokensPerClient:Limit", "2"), ("Otp:Limits:FailedTokensPerAddress:Limit", "2"));

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await TokenAsync(gateway, Here)).Status);
        }
    }

    [Fact]
    public async Task Guesses_that_arrive_together_are_as_many_as_one_after_another()
    {
        await using var gateway = await StartAsync(("Otp:Limits:FailedTokensPerClient:Limit", "3"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => TokenAsync(gateway, Here, secret: "wrong")));

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(21, answers.Count(a => a.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Clients_that_arrive_together_all_get_their_tokens()
    {
        await using var gateway = await StartAsync(("Otp:Limits:FailedTokensPerClient:Limit", "3"), ("Otp:Limits:FailedTokensPerAddress:Limit", "3"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => TokenAsync(gateway, Here)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
    }

    [Fact]
    public async Task Word_of_a_stranger_on_where_it_is_counts_for_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Limits:SendsPerAddress:Limit"] = "1", ["Otp:Proxies:0"] = "192.0.2.0/24" });
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, There)).Status);
    }

    [Fact]
    public async Task Without_proxies_nobodys_word_counts()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Limits:SendsPerAddress:Limit"] = "1" });
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, There)).Status);
    }

    [Fact]
    public async Task Frameworks_own_switch_for_proxies_makes_nobodys_word_count()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Limits:SendsPerAddress:Limit"] = "1", ["ForwardedHeaders_Enabled"] = "true" });
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, Here)).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, There)).Status);
    }

    [Fact]
    public async Task Of_a_chain_of_proxies_the_first_address_that_is_no_proxy_counts()
    {
        await using var gateway = await StartAsync(("Otp:Limits:SendsPerAddress:Limit", "1"), ("Otp:Proxies:1", "192.0.2.0/24"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, $"203.0.113.1, {Here}, 192.0.2.7")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, $"203.0.113.2, {Here}, 192.0.2.8")).Status);
    }

    [Fact]
    public async Task Neighbours_in_a_v6_network_are_one_caller()
    {
        await using var gateway = await StartAsync(("Otp:Limits:SendsPerAddress:Limit", "1"));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, "2001:db8::1")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(gateway, "2001:db8::2")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(gateway, "2001:db8:0:1::1")).Status);
    }

    private static Task<TestGateway> StartAsync(params (string Key, string Value)[] settings) =>
        TestGateway.StartAsync(settings.Append(("Otp:Proxies:0", "127.0.0.1")).ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal));

    private static async Task<Answer> SendAsync(TestGateway gateway, string from, string client = TestGateway.Acme, string? target = null)
    {
        using var content = new StringContent($$"""{"target":"{{target ?? TestGateway.NewTarget()}}"}""", Encoding.UTF8, "application/json");
        return await PostAsync(gateway, TestGateway.SendPath, content, from, await gateway.TokenAsync(client));
    }

    private static async Task<Answer> TokenAsync(
        TestGateway gateway, string from, string client = TestGateway.Acme, string secret = TestGateway.Secret)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = client, ["password"] = secret });
        return await PostAsync(gateway, TestGateway.TokenPath, content, from, token: null);
    }

    private static async Task<Answer> PostAsync(TestGateway gateway, string path, HttpContent content, string from, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("X-Forwarded-For", from);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
