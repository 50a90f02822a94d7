using System.Text.RegularExpressions;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Loyalife;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>What others' tools make of the document.</summary>
public sealed class GeneratedClientTests(LoyalifeFixture fixture)
{
    [Fact]
    public async Task Linter_finds_nothing()
    {
        var output = await NodeTool.RunAsync(NodeTool.Linter, "lint", "--config", "redocly.yaml", "--format", "codeframe", $"http://127.0.0.1:{fixture.Service.Gateway.Port}/openapi/v1.json");

        Assert.Contains("Your API description is valid", output, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("[0-9]+ (warning|error)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)), output);
    }

    [Fact]
    public async Task Generated_client_runs_both_flows()
    {
        var gateway = fixture.Service.Gateway;
        var address = $"http://127.0.0.1:{gateway.Port}";

        await NodeTool.RunAsync(NodeTool.Generator, $"{address}/openapi/v1.json", "--output", "generated/schema.d.ts");
        await NodeTool.RunAsync(NodeTool.Compiler, "--project", ".");
        var output = await NodeTool.RunAsync(
            "generated/client.js", address, LoyalifeService.Client, LoyalifeService.Admin, TestGateway.Secret, "7");

        Assert.Equal(["loyaltydog", "loyalife"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
