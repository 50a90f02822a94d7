using System.Diagnostics;
using System.Text;

namespace Otp.Gateway.Tests.Harness;

/// <summary>The gateway as a process of its own, for what only a process has: exit code and output.</summary>
public sealed record GatewayProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task<GatewayProcess> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public static async Task<GatewayProcess> RunWithInputAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(GatewayHost).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        try
        {
            await GiveAsync(process, input);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit);
            return new GatewayProcess(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
    private static async Task GiveAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A process that does not ask for input may have ended already: its exit code tells.
        }
    }
}
