using System.Text.RegularExpressions;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.Operations;

public sealed class LogTests
{
    [Fact]
    public async Task No_log_at_any_level_holds_a_code_a_target_or_a_secret()
    {
        await using var gateway = await TestGateway.StartAsync();
        var targets = new[] { "canary.jane@example.com", "+442079460105" };
        var secrets = new List<string> { TestGateway.Secret, "canary.jane", "2079460105", "Canary Name" };
        var codes = new List<string>();
        foreach (var target in targets)
        {
            var code = await gateway.SendCodeAsync(target);
            await gateway.VerifyAsync(target, TestGateway.WrongFor(code));
            var verified = await gateway.VerifyAsync(target, code, name: "Canary Name");
            await gateway.SessionAsync(verified.Text("sessionToken"));
            codes.Add(code);
            secrets.Add(verified.Text("sessionToken"));
        }

        await gateway.SendAsync("canary.jane@example.com", TestGateway.Mute);
        await gateway.PostAsync(TestGateway.SendPath, """{"target":"canary.jane@@example.com"}""");
        await gateway.PostAsync(TestGateway.SendPath, """{"target":"canary.jane@example.com""");
        await gateway.PostAsync(TestGateway.VerifyPath, """{"target":"canary.jane@example.com","code":1}""");
        secrets.Add(await gateway.TokenAsync());
        var codePattern = new Regex($"(?<![0-9a-fA-F.])({string.Join('|', codes)})(?![0-9a-fA-F])", RegexOptions.None, TimeSpan.FromSeconds(1));

        var lines = gateway.Logs.Lines;

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, codePattern.IsMatch);
        Assert.DoesNotContain(lines, line => secrets.Exists(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Lines_of_a_request_carry_its_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        var answer = await gateway.SendAsync(TestGateway.NewTarget(), TestGateway.Mute);

        Assert.Contains(gateway.Logs.Lines, line => line.Contains($"RequestId={answer.Header("X-Request-Id")}", StringComparison.Ordinal));
    }
}
