using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;

namespace Otp.Gateway.Tests.Audit;

/// <summary>The audit's file: a line for each audited request, as long as the disk takes it, and no request that waits for it.</summary>
public sealed class AuditFileTests : IDisposable
{
    private const string FullDisk = "/dev/full";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-audit-");

    private string File => Path.Combine(_folder.FullName, "audit.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Requests_are_lines_with_who_did_what_to_whom_and_how_it_ended()
    {
        Answer sent;
        await using (var gateway = await StartAsync(File))
        {
            var target = TestGateway.NewTarget();
            sent = await gateway.SendAsync(target);
            var verified = await gateway.VerifyAsync(target, sent.Text("mockCode"));
            await gateway.SessionAsync(verified.Text("sessionToken"));
            await gateway.SendAsync("no target");
            await gateway.TryTokenAsync(TestGateway.Acme, "wrong");
            await gateway.GetAsync("/health/live");
        }

        var lines = Lines();

        Assert.Equal(
            [
                "request token acme-app acme done 200", "send acme-app acme sent 200", "verify acme-app acme verified 200",
                "check session acme-app acme valid 200", "send acme-app acme refused 400", "request token - - refused 401",
            ],
            lines.Select(line => $"{Text(line, "act")} {Text(line, "client")} {Text(line, "program")} {Text(line, "outcome")} {line.GetProperty("status")}"));
        Assert.Equal(sent.Header("X-Request-Id"), Text(lines[1], "requestId"));
        Assert.Matches("^[0-9a-f]{16}$", Text(lines[1], "subject"));
        Assert.Equal(Text(lines[1], "subject"), Text(lines[2], "subject"));
    }

    [Fact]
    public async Task Lines_say_where_a_request_came_from_and_which_client_it_claimed_to_be()
    {
        await using (var gateway = await TestGateway.StartAsync(new() { ["Otp:Audit:Path"] = File, ["Otp:Proxies:0"] = "127.0.0.1" }))
        {
            await TryAsync(gateway, TestGateway.Acme, "wrong", "192.0.2.7");
            await TryAsync(gateway, "jane@example.com", "wrong", "2001:db8::7");
            await TryAsync(gateway, TestGateway.Acme, TestGateway.Secret, "192.0.2.8");
        }

        Assert.Equal(
            ["192.0.2.7 - acme-app", "2001:db8::7 - -", "192.0.2.8 acme-app -"],
            Lines().Select(line => $"{Text(line, "caller")} {Text(line, "client")} {Text(line, "claimedClient")}"));
        Assert.DoesNotContain("jane", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_is_for_its_owner_alone_and_is_appended_to()
    {
        await using (await StartAsync(File, sends: 1))
        {
        }

        await using (await StartAsync(File, sends: 1))
        {
        }

        Assert.Equal(2, Lines().Count(line => Text(line, "act") == "send"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task A_file_that_is_cut_short_goes_on_from_its_new_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It takes the commands grep and truncate.");
        await using (var gateway = await StartAsync(File, sends: 1))
        {
            await WrittenAsync(lines: 2);
            using var truncate = Process.Start("truncate", ["-s", "0", File]);
            await truncate.WaitForExitAsync(TestContext.Current.CancellationToken);
            await gateway.SendAsync(TestGateway.NewTarget());
        }

        Assert.Equal("send", Text(Assert.Single(Lines()), "act"));
    }

    [Fact]
    public async Task Requests_go_on_while_the_disk_is_full_and_what_is_lost_is_told()
    {
        Assert.SkipUnless(System.IO.File.Exists(FullDisk), $"There is no {FullDisk} here.");
        var gateway = await StartAsync(FullDisk);
        await using (gateway)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(TestGateway.NewTarget())).Status);
        }

        Assert.Contains(gateway.Logs.Lines, line => line.Contains(" 4011 ", StringComparison.Ordinal));
        Assert.Contains(gateway.Logs.Lines, line => line.Contains(" 4010 2 audited requests", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_that_cannot_be_written_is_a_fault_of_the_settings()
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(_folder.FullName));

        Assert.StartsWith("Otp:Audit:Path cannot be written: ", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_gateway_writes_is_a_fault_of_the_settings()
    {
        await using var first = await StartAsync(File);

        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(File));

        Assert.StartsWith("Otp:Audit:Path cannot be written: ", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    private static async Task TryAsync(TestGateway gateway, string client, string secret, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, TestGateway.TokenPath)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = client, ["password"] = secret }),
        };
        request.Headers.Add("X-Forwarded-For", from);
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<TestGateway> StartAsync(string path, int sends = 0)
    {
        var gateway = await TestGateway.StartAsync(new() { ["Otp:Audit:Path"] = path });
        for (var i = 0; i < sends; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(TestGateway.NewTarget())).Status);
        }

        return gateway;
    }

    // The file grows at the writer's own pace; it is read as a shipper does, without a lock.
    private async Task WrittenAsync(int lines)
    {
        var written = 0;
        while (written < lines)
        {
            using var count = Process.Start(new ProcessStartInfo("grep", ["-c", "", File]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            written = int.Parse(await count.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        }
    }

    private JsonElement[] Lines() => [.. System.IO.File.ReadLines(File).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Text(JsonElement line, string member) => line.TryGetProperty(member, out var value) ? value.GetString()! : "-";
}
