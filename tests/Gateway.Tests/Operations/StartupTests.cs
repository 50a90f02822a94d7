using System.Net;
using System.Net.Sockets;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Operations;

public sealed class StartupTests
{
    [Fact]
    public async Task Codes_are_never_exposed_in_production()
    {
        var run = await GatewayProcess.RunAsync("--environment=Production", "--urls=http://127.0.0.1:0", "--Otp:ExposeCodes=true");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Otp:ExposeCodes", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Staging", null)]
    [InlineData("Staging", "Test")]
    [InlineData("production", null)]
    [InlineData("Production ", null)]
    [InlineData("Production", "Production")]
    [InlineData("Staging", "production")]
    public async Task Codes_are_exposed_only_where_somebody_allowed_it(string environment, string? allowed)
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(environment, allowed));

        Assert.Contains(fault.Faults, line => line.StartsWith("Otp:ExposeCodes:", StringComparison.Ordinal) || line.StartsWith("Otp:AllowExposedCodes:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Development", null)]
    [InlineData("Staging", "staging")]
    public async Task Codes_are_exposed_in_development_and_in_the_environment_that_is_allowed(string environment, string? allowed)
    {
        await using var gateway = await StartAsync(environment, allowed);

        Assert.Matches("^[0-9]{6}$", (await gateway.SendAsync(TestGateway.NewTarget())).Text("mockCode"));
    }

    [Fact]
    public async Task One_message_lists_every_fault_of_the_configuration()
    {
        var run = await GatewayProcess.RunAsync(
            "--environment=Production",
            "--urls=http://127.0.0.1:0",
            "--Otp:ExposeCodes=true",
            "--Otp:Policy:Length=3",
            "--Otp:Programs:p:DefaultRegion=ZZ",
            "--Otp:Programs:p:Clients:c:SecretHashes:0=plain",
            "--Otp:Delivery:Email:0=pigeon",
            "--Otp:Delivery:Smpt:Host=mail.example.com",
            "--Otp:Policy:Lifetme=00:05:00",
            "--Otp:Policy:Attempts=three",
            "--Otp:Programs:p:Purposes:Logon:Length=6",
            "--Otp:Proxies:0=front");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Otp:ExposeCodes", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Policy:Length", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Programs:p:DefaultRegion", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Programs:p:Clients:c:SecretHashes:0", run.Error, StringComparison.Ordinal);
        Assert.Contains("pigeon", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Delivery:Smpt", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Policy:Lifetme", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Policy:Attempts", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Programs:p:Purposes:Logon", run.Error, StringComparison.Ordinal);
        Assert.Contains("Otp:Proxies:0", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_of_the_wrong_kind_is_a_fault_too()
    {
        var run = await GatewayProcess.RunAsync("--environment=Production", "--urls=http://127.0.0.1:0", "--Otp:Tokens:Lifetime=soon");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Otp:Tokens:Lifetime", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Embedded_gateway_whose_port_is_in_use_says_so_and_logs_nothing_else()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var run = await GatewayProcess.RunAsync("--environment=Development", $"--urls=http://{other.LocalEndpoint}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("It cannot start:", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("StatisticsReporter", run.Output, StringComparison.Ordinal);
    }

    private static Task<TestGateway> StartAsync(string environment, string? allowed) => TestGateway.StartAsync(new()
    {
        ["environment"] = environment,
        ["Otp:ExposeCodes"] = "true",
        ["Otp:AllowExposedCodes"] = allowed ?? "",
        ["Otp:Delivery:Email:0"] = "inbox",
    });

    [Fact]
    public async Task Hash_secret_prints_a_hash_that_works()
    {
        var run = await GatewayProcess.RunWithInputAsync("\uFEFFa new secret\n", "hash-secret");
        Assert.Equal(0, run.ExitCode);
        await using var gateway = await TestGateway.StartAsync(
            new() { ["Otp:Programs:acme:Clients:acme-app:SecretHashes:0"] = run.Output.Trim() });

        var answer = await gateway.PostFormAsync(
            TestGateway.TokenPath, new() { ["username"] = TestGateway.Acme, ["password"] = "a new secret" });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Hash_secret_without_a_secret_fails()
    {
        var run = await GatewayProcess.RunWithInputAsync("", "hash-secret");

        Assert.Equal(1, run.ExitCode);
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public async Task Hash_secret_takes_no_secret_as_an_argument()
    {
        var run = await GatewayProcess.RunWithInputAsync("a new secret\n", "hash-secret", "a new secret");

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
    }
}
