using System.Text.RegularExpressions;

namespace Otp.Gateway.Tests.Verify;

/// <summary>The tables of <c>docs/api-verify.md</c>.</summary>
internal static partial class VerifyPage
{
    private static readonly string[] Lines = Read();

    /// <summary>What stands in code in the first cell of each row of a table, and the text of its second cell.</summary>
    /// <param name="head">The head of the table's first column.</param>
    public static IEnumerable<(string Key, string Text)> Rows(string head) => Lines
        .SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split(" | "))
        .SelectMany(cells => Code().Matches(cells[0]).Select(match => (match.Groups["text"].Value, cells[1].TrimEnd('|', ' '))));

    private static string[] Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.Otp.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests are in no checkout of the project.");
        }

        return File.ReadAllLines(Path.Combine(folder.FullName, "docs", "api-verify.md"));
    }

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
