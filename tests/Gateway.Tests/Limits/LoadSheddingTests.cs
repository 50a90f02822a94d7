using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Otp.Gateway.Limits;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Statistics;

namespace Otp.Gateway.Tests.Limits;

// Refusals are counted on an instrument that every gateway of this process shares.
[Collection(nameof(StatisticsAlone))]
public sealed class LoadSheddingTests
{
    private readonly AdaptiveLimit _limit = new(least: 1, most: 1);

    [Fact]
    public async Task Call_beyond_the_limit_is_refused_at_once_and_served_when_there_is_room_again()
    {
        await using var gateway = await StartAsync();
        var target = TestGateway.NewTarget();
        Answer refused;
        using (_limit.Acquire())
        {
            refused = await gateway.SendAsync(target);
        }

        var served = await gateway.SendAsync(target);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal((HttpStatusCode.OK, "\"hour\";r=4;t=3600"), (served.Status, served.Header("RateLimit")));
    }

    [Fact]
    public async Task Refused_call_costs_neither_a_look_at_its_token_nor_at_its_body()
    {
        await using var gateway = await StartAsync();
        using var permit = _limit.Acquire();
        using var body = new StringContent("<a/>", Encoding.UTF8, "application/xml");

        var answer = await gateway.PostAsync(TestGateway.SendPath, body, token: "forged");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
    }

    [Fact]
    public async Task Each_surface_refuses_in_its_own_words()
    {
        await using var gateway = await StartAsync();
        using var permit = _limit.Acquire();

        var loyaltyDog = await gateway.VerifyAsync(TestGateway.NewTarget(), "123456");
        var loyalife = await gateway.PostAsync("/lbms-ingress/member/api/Member/GenerateOTP", "{}");

        Assert.Equal("""{"detail":"Service Unavailable"}""", loyaltyDog.Body);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (loyalife.Status, loyalife.Header("Retry-After")));
        Assert.False(loyalife.Json.GetProperty("results").GetProperty("IsSucessful").GetBoolean());
    }

    [Fact]
    public async Task Health_pages_and_tokens_are_served_meanwhile()
    {
        await using var gateway = await StartAsync();
        using var permit = _limit.Acquire();

        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/health/live")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/ops")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/openapi/v1.json")).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.TryTokenAsync(TestGateway.Acme, TestGateway.Secret)).Status);
    }

    [Fact]
    public async Task Refusals_are_logged_once_a_second_at_most()
    {
        await using var gateway = await StartAsync();
        using var permit = _limit.Acquire();

        for (var i = 0; i < 5; i++)
        {
            await gateway.SendAsync(TestGateway.NewTarget());
        }

        Assert.Single(Refusals());
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        await gateway.SendAsync(TestGateway.NewTarget());
        Assert.Equal(2, Refusals().Count());

        IEnumerable<string> Refusals() => gateway.Logs.Lines.Where(line => line.Contains(" 3013 ", StringComparison.Ordinal));
    }

    // Until it holds a token, the gateway of a test asks for one itself.
    private async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync(configure: builder => builder.Services.AddSingleton(_limit));
        await gateway.TokenAsync();
        return gateway;
    }
}
