using System.Globalization;
using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class SendLimitTests
{
    [Fact]
    public async Task Sixth_send_within_the_hour_is_refused_until_the_told_second()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
            gateway.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var refused = await gateway.SendAsync(target);

        AssertRefused(refused, TimeSpan.FromMinutes(55));
        Assert.Equal("\"hour\";r=0;t=3300", refused.Header("RateLimit"));
        await AssertOpensAfterAsync(gateway, target, TimeSpan.FromMinutes(55));
    }

    [Fact]
    public async Task Wait_is_told_in_whole_seconds_rounded_up()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 5; i++)
        {
            await gateway.SendAsync(target);
        }

        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));

        AssertRefused(await gateway.SendAsync(target), TimeSpan.FromSeconds(3600));
        gateway.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(2));
        AssertRefused(await gateway.SendAsync(target), TimeSpan.FromSeconds(1));
        gateway.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
    }

    [Fact]
    public async Task Eleventh_send_within_the_day_is_refused_until_the_told_second()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
            gateway.Time.Advance(TimeSpan.FromHours(1));
        }

        AssertRefused(await gateway.SendAsync(target), TimeSpan.FromHours(14));
        await AssertOpensAfterAsync(gateway, target, TimeSpan.FromHours(14));
    }

    [Fact]
    public async Task Refused_sends_do_not_count()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        for (var i = 0; i < 15; i++)
        {
            await gateway.SendAsync(target);
        }

        gateway.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("\"day\";r=4;t=82800", (await gateway.SendAsync(target)).Header("RateLimit"));
    }

    [Fact]
    public async Task Closest_window_is_the_one_told()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        Answer? last = null;
        for (var i = 0; i < 9; i++)
        {
            last = await gateway.SendAsync(target);
            gateway.Time.Advance(TimeSpan.FromHours(1));
        }

        Assert.StartsWith("\"day\";r=1;", last!.Header("RateLimit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Windows_of_a_program_are_its_own()
    {
        await using var gateway = await TestGateway.StartAsync(new()
        {
            ["Otp:Programs:acme:Policy:Windows:0:Name"] = "minute",
            ["Otp:Programs:acme:Policy:Windows:0:Limit"] = "1",
            ["Otp:Programs:acme:Policy:Windows:0:Period"] = "00:01:00",
        });
        var target = TestGateway.NewTarget();
        var first = await gateway.SendAsync(target);
        var second = await gateway.SendAsync(target);

        Assert.Equal("\"minute\";q=1;w=60", first.Header("RateLimit-Policy"));
        Assert.Equal("\"minute\";r=0;t=60", first.Header("RateLimit"));
        AssertRefused(second, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Gap_between_two_sends_is_a_window_that_is_told_like_any_other()
    {
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Programs:acme:Policy:MinimumGap"] = "00:00:30" });

        var sent = await gateway.SendAsync(TestGateway.NewTarget());

        Assert.Equal("\"gap\";q=1;w=30, \"hour\";q=5;w=3600, \"day\";q=10;w=86400", sent.Header("RateLimit-Policy"));
        Assert.Equal("\"gap\";r=0;t=30", sent.Header("RateLimit"));
    }

    [Fact]
    public async Task Parallel_sends_do_not_pass_the_limit()
    {
        await using var gateway = await TestGateway.StartAsync();
        var target = TestGateway.NewTarget();
        await gateway.TokenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => gateway.SendAsync(target)));

        Assert.Equal(5, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(59, answers.Count(a => a.Status == HttpStatusCode.TooManyRequests));
    }

    private static void AssertRefused(Answer answer, TimeSpan wait)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("""{"success":false,"message":null,"error":"Rate limit exceeded","otpType":"email","mockCode":null}""", answer.Body);
        Assert.Equal(wait.TotalSeconds.ToString(CultureInfo.InvariantCulture), answer.Header("Retry-After"));
        Assert.NotNull(answer.Header("RateLimit-Policy"));
    }

    private static async Task AssertOpensAfterAsync(TestGateway gateway, string target, TimeSpan wait)
    {
        gateway.Time.Advance(wait - TimeSpan.FromSeconds(1));
        AssertRefused(await gateway.SendAsync(target), TimeSpan.FromSeconds(1));
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(target)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.SendAsync(target)).Status);
    }
}
