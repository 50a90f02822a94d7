using System.Diagnostics;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>
/// Runs the tools in <c>client/</c>, beside this file. They need Node.js 20 or later and, once, <c>npm ci</c> there; without them the test
/// is skipped, or fails where <c>OTP_REQUIRE_NODE=1</c>.
/// </summary>
internal static class NodeTool
{
    public const string Linter = "node_modules/@redocly/cli/bin/cli.js";
    public const string Generator = "node_modules/openapi-typescript/bin/cli.js";
    public const string Compiler = "node_modules/typescript/bin/tsc";

    private const int OldestNode = 20;

    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(60);

    private static DirectoryInfo Folder { get; } = Find();

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        await RequireAsync();
        var (exitCode, output) = await RunToEndAsync([script, .. arguments]);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{script} failed with {exitCode}:\n{output}");
    }

    /// <summary>Starts a script that waits for input.</summary>
    public static async Task<Process> StartAsync(string script, params string[] arguments)
    {
        await RequireAsync();
        return Start([script, .. arguments]);
    }

    private static async Task RequireAsync()
    {
        var isRequired = Environment.GetEnvironmentVariable("OTP_REQUIRE_NODE") == "1";
        Assert.SkipUnless(isRequired || await IsThereAsync(), "Node.js 20 or its packages are not there (npm ci in tests/Gateway.Tests/OpenApi/client)");
    }

    private static async Task<bool> IsThereAsync()
    {
        if (!File.Exists(Path.Combine(Folder.FullName, Compiler)))
        {
            return false;
        }

        try
        {
            var (exitCode, version) = await RunToEndAsync(["--version"]);
            return exitCode == 0 && Version.TryParse(version.Trim().TrimStart('v'), out var parsed) && parsed.Major >= OldestNode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int ExitCode, string Output)> RunToEndAsync(string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(WaitTimeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("node", arguments)
    {
        WorkingDirectory = Folder.FullName,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["NO_COLOR"] = "1" },
    })!;

    private static DirectoryInfo Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.Otp.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests are in no checkout of the project.");
        }

        return new DirectoryInfo(Path.Combine(folder.FullName, "tests/Gateway.Tests/OpenApi/client"));
    }
}
