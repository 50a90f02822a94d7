using System.Net;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.LoyaltyDog;

public sealed class FaultTests
{
    [Fact]
    public async Task Send_while_storage_is_down_is_unavailable_and_sends_nothing()
    {
        await using var gateway = await StartWithoutStorageAsync();
        var answer = await gateway.SendAsync(TestGateway.NewTarget());

        AssertUnavailable(answer);
        Assert.NotNull(answer.Header("RateLimit-Policy"));
        Assert.Equal("[]", (await gateway.GetAsync("/dev/inbox")).Body);
    }

    [Fact]
    public async Task Verify_while_storage_is_down_is_unavailable()
    {
        await using var gateway = await StartWithoutStorageAsync();

        AssertUnavailable(await gateway.VerifyAsync(TestGateway.NewTarget(), "123456"));
    }

    [Fact]
    public async Task Session_while_storage_is_down_is_unavailable()
    {
        await using var gateway = await StartWithoutStorageAsync();

        AssertUnavailable(await gateway.SessionAsync(new string('A', 86)));
        AssertUnavailable(await gateway.EndSessionAsync(new string('A', 86)));
    }

    [Fact]
    public async Task Fault_is_logged_by_its_type_alone_above_debug()
    {
        await using var gateway = await StartWithoutStorageAsync();
        await gateway.SendAsync(TestGateway.NewTarget());

        var line = Assert.Single(gateway.Logs.Lines, l => l.StartsWith("Warning Otp.Gateway", StringComparison.Ordinal));
        Assert.DoesNotContain(DownStorage.Message, line, StringComparison.Ordinal);
    }

    private static Task<TestGateway> StartWithoutStorageAsync() =>
        TestGateway.StartAsync(configure: static builder => DownStorage.Break(builder, "target"));

    private static void AssertUnavailable(Answer answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("""{"detail":"Service Unavailable"}""", answer.Body);
        Assert.Equal("1", answer.Header("Retry-After"));
    }
}
