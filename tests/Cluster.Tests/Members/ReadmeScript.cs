using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Orleans.Otp.Cluster.Members;

/// <summary>The commands under one of the README's headings, and what the README says they print.</summary>
internal sealed partial class ReadmeScript
{
    private const string DefaultAddress = "localhost:5080";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _commands;

    private ReadmeScript(string commands) => _commands = commands;

    /// <summary>A pattern for each line that the README shows as output; <c>…</c> stands for anything.</summary>
    public IEnumerable<string> Outputs => _commands.Split('\n')
        .Where(line => line.StartsWith("# {", StringComparison.Ordinal))
        .Select(line => $"^{Regex.Escape(line[2..]).Replace("…", ".*", StringComparison.Ordinal)}$");

    public static ReadmeScript Under(string heading)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "README.md")))
        {
            directory = directory.Parent;
        }

        var readme = File.ReadAllText(Path.Combine(directory!.FullName, "README.md"));
        var section = readme[readme.IndexOf($"# {heading}\n", StringComparison.Ordinal)..];
        return new ReadmeScript(Block().Match(section).Groups["commands"].Value);
    }

    /// <summary>Runs the commands against a gateway, and gives back the lines they print.</summary>
    public async Task<string[]> RunAsync(Uri gateway)
    {
        var commands = _commands.Replace(DefaultAddress, $"{gateway.Host}:{gateway.Port}", StringComparison.Ordinal);

        // What the README shows ends without a line of its own.
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"curl() {{ command curl -w '\\n' \"$@\"; }}\n{commands}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync().WaitAsync(Limit);
        Assert.True(bash.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
