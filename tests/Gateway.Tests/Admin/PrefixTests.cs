using System.Net;
using Otp.Gateway.Tests.Fraud;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Admin;

/// <summary>Operators see which prefixes are blocked, and lift a block.</summary>
public sealed class PrefixTests
{
    private const string OtherAdmin = "globex-admin";

    [Fact]
    public async Task Blocked_prefix_is_listed_for_its_own_program_until_an_operator_lifts_the_block()
    {
        await using var gateway = await StartBlockedAsync();
        var until = gateway.Time.GetUtcNow().AddHours(4);

        var list = await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Get);
        var others = await Prefixes.CallAsync(gateway, OtherAdmin, HttpMethod.Get);
        var report = await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Get, "/+4477009");

        var blocked = Assert.Single(list.Json.GetProperty("prefixes").EnumerateArray());
        Assert.Equal("+4477009", blocked.GetProperty("prefix").GetString());
        Assert.Equal((until.AddHours(-4), until), (blocked.GetProperty("blockedAt").GetDateTimeOffset(), blocked.GetProperty("blockedUntil").GetDateTimeOffset()));
        Assert.Equal((1, 0), (blocked.GetProperty("sends").GetInt32(), blocked.GetProperty("conversions").GetInt32()));
        Assert.Equal("""{"prefixes":[]}""", others.Body);
        Assert.Equal(until, report.Json.GetProperty("blockedUntil").GetDateTimeOffset());

        var lifted = await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Delete, "/+4477009");
        Assert.Equal(HttpStatusCode.NoContent, lifted.Status);
        Assert.Equal("""{"prefixes":[]}""", (await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Get)).Body);
        Assert.Equal(
            """{"prefix":"+4477009","sends":0,"conversions":0,"blockedUntil":null}""",
            (await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Get, "/%2B4477009")).Body);
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("+447700900002")).Status);
    }

    [Fact]
    public async Task Block_of_another_program_is_not_lifted()
    {
        await using var gateway = await StartBlockedAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await Prefixes.CallAsync(gateway, OtherAdmin, HttpMethod.Delete, "/+4477009")).Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("+447700900002")).Status);
    }

    [Theory]
    [InlineData("4477009")]
    [InlineData("+")]
    [InlineData("+1234567890123456")]
    [InlineData("+44770O9")]
    public async Task What_is_no_prefix_is_refused(string prefix)
    {
        await using var gateway = await StartAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
        {
            var answer = await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, method, $"/{prefix}");

            Assert.Equal((HttpStatusCode.UnprocessableEntity, """{"detail":"prefix must be a plus and 1 to 15 digits"}"""), (answer.Status, answer.Body));
        }
    }

    [Fact]
    public async Task Acts_are_audited_and_the_log_names_the_prefix_that_is_open_again()
    {
        await using var gateway = await StartBlockedAsync();

        await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Get);
        await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Get, "/+4477009");
        await Prefixes.CallAsync(gateway, TestGateway.AcmeAdmin, HttpMethod.Delete, "/+4477009");

        Assert.Equal(
            ["list blocked prefixes", "get prefix", "unblock prefix"],
            gateway.Logs.Lines.Where(line => line.Contains(" Otp.Audit 4001 ", StringComparison.Ordinal)).Select(line => line.Split("Done: ")[1].Split(" - ")[0]));
        Assert.Single(gateway.Logs.Lines, line => line.Contains(" 1102 Prefix +4477009 of program acme is open again", StringComparison.Ordinal));
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(new()
    {
        ["Otp:Programs:acme:FraudGuard:Budget"] = "1",
        [$"Otp:Programs:globex:Clients:{OtherAdmin}:SecretHashes:0"] = TestGateway.SecretHash,
        [$"Otp:Programs:globex:Clients:{OtherAdmin}:Roles:0"] = "admin",
    });

    private static async Task<TestGateway> StartBlockedAsync()
    {
        var gateway = await StartAsync();
        await gateway.SendCodeAsync("+447700900001");
        gateway.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.SendAsync("+447700900002")).Status);
        return gateway;
    }
}
