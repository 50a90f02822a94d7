using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Otp.Cluster.Members;

/// <summary>The commands under a heading of the README or of a page under docs/, and what it says they print.</summary>
internal sealed partial class ReadmeScript
{
    private const string DefaultAddress = "localhost:5080";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _commands;

    private ReadmeScript(string commands) => _commands = commands;

    /// <summary>
    /// A pattern for each line that is shown as output: <c>…</c> stands for anything, a code for any code, a customer's id for any.
    /// </summary>
    public IEnumerable<string> Outputs => _commands.Split('\n')
        .Where(line => line.StartsWith("# {", StringComparison.Ordinal))
        .Select(line => Regex.Escape(line[2..]).Replace("…", ".*", StringComparison.Ordinal))
        .Select(line => $"^{CustomerId().Replace(Code().Replace(line, "[0-9]{6}"), "[0-9a-f]{24}")}$");

    /// <summary>The command lines, without what is said of them.</summary>
    public IEnumerable<string> Commands => CommandsIn(_commands);

    /// <summary>The first commands under a heading of a document.</summary>
    public static ReadmeScript Under(string document, string heading)
    {
        var text = Read(document);
        var section = text[text.IndexOf($"# {heading}\n", StringComparison.Ordinal)..];
        return new ReadmeScript(Block().Match(section).Groups["commands"].Value);
    }

    /// <summary>Every command line that a document shows.</summary>
    public static IEnumerable<string> CommandsOf(string document) =>
        Block().Matches(Read(document)).SelectMany(block => CommandsIn(block.Groups["commands"].Value));

    /// <summary>A file of the repository.</summary>
    public static string Read(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "README.md")))
        {
            directory = directory.Parent!;
        }

        return File.ReadAllText(Path.Combine(directory.FullName, path));
    }

    /// <summary>Runs the commands against a gateway, and gives back the lines they print.</summary>
    public async Task<string[]> RunAsync(Uri gateway)
    {
        var commands = _commands.Replace(DefaultAddress, $"{gateway.Host}:{gateway.Port}", StringComparison.Ordinal);

        // An answer ends without a line of its own.
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

    private static IEnumerable<string> CommandsIn(string block) => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        .Select(line => line.Split("   #")[0].Trim())
        .Where(line => line.Length > 0 && line[0] != '#');

    [GeneratedRegex("(?<=\")[0-9]{6}(?=\")", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex("(?<=\")[0-9a-f]{24}(?=\")", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CustomerId();

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
