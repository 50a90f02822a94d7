using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Otp.Delivery;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Delivery;

/// <summary>What a mail server says of a message, as a caller of the API sees it.</summary>
public sealed partial class MailServerTests
{
    private const string InspectPath = "/admin/targets/inspect";

    [Fact]
    public async Task Mail_that_the_server_takes_too_late_is_told_as_sent_and_its_code_works()
    {
        await using var server = new SmtpSink { FaultStage = SmtpStage.EndOfData, FaultAction = SinkAction.Delay };
        await using var gateway = await StartAsync(server);
        var target = TestGateway.NewTarget();

        var sending = gateway.SendAsync(target);
        await server.Reached(SmtpStage.EndOfData);
        gateway.Time.Advance(TimeSpan.FromSeconds(4));
        var sent = await sending;
        gateway.Time.Advance(TimeSpan.FromSeconds(2));
        await server.ReleaseAsync();
        var code = SixDigits().Match((await server.ReceiveAsync()).Text).Value;

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(1, await CountAsync(gateway, target));
        Assert.Equal(HttpStatusCode.OK, (await gateway.VerifyAsync(target, code)).Status);
    }

    [Fact]
    public async Task Mailbox_that_does_not_exist_is_told_as_that_and_counts()
    {
        await using var server = new SmtpSink { FaultStage = SmtpStage.RcptTo, FaultReply = "550 5.1.1 nobody here" };
        await using var gateway = await StartAsync(server);
        var target = TestGateway.NewTarget();

        var sent = await gateway.SendAsync(target, idempotencyKey: "one");
        var again = await gateway.SendAsync(target, idempotencyKey: "one");

        Assert.Equal(HttpStatusCode.BadRequest, sent.Status);
        Assert.Equal(
            """{"success":false,"message":null,"error":"Target cannot be reached: it does not exist, or takes no messages from this service","otpType":"email","mockCode":null}""",
            sent.Body);
        Assert.StartsWith("\"hour\";r=4;", sent.Header("RateLimit"), StringComparison.Ordinal);
        Assert.Equal((sent.Status, sent.Body), (again.Status, again.Body));
        Assert.Equal(1, await CountAsync(gateway, target));
        Assert.Single(server.Commands, command => command.StartsWith("RCPT", StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.Logs.Lines, line => line.Contains("No provider took", StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(TestGateway gateway, string target)
    {
        var answer = await gateway.PostAsync(InspectPath, new JsonObject { ["target"] = target }.ToJsonString(), TestGateway.AcmeAdmin);
        return answer.Json.GetProperty("windows")[0].GetProperty("sent").GetInt32();
    }

    private static Task<TestGateway> StartAsync(SmtpSink server) => TestGateway.StartAsync(new()
    {
        ["Otp:Delivery:Smtp:smtp:Port"] = $"{server.Port}",
        ["Otp:Delivery:Smtp:smtp:StartTls"] = "None",
        ["Otp:Programs:acme:Delivery:Email:0"] = "smtp",
    });

    [GeneratedRegex("[0-9]{6}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SixDigits();
}
