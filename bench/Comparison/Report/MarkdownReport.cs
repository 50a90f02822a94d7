using System.Globalization;
using System.Text;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison.Report;

/// <summary>The report as Markdown: a table for each kind of work, its columns aligned so that it reads as plain text too.</summary>
internal static class MarkdownReport
{
    public static string Write(ComparisonReport report, string chart)
    {
        var text = new StringBuilder();
        text.Append("# Comparison\n\n").Append(report.Conditions).Append(".\n\n")
            .Append("Load generator, Redis and system share the machine. `×` is the throughput beside the stateless design in the same round; ")
            .Append("CPU is processor time a request in µs, of the process that answers HTTP, the silos, Redis, the load generator and all of them. ")
            .Append("Plain Orleans is a grain with `[PersistentState]` on Redis with stock placement, serializer and options.\n\n")
            .Append(CultureInfo.InvariantCulture, $"![Requests per second]({chart})\n");
        foreach (var work in report.Results.GroupBy(result => result.Work))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {char.ToUpperInvariant(work.Key[0])}{work.Key[1..]}\n\n");
            AppendTable(
                text,
                ["system", "requests/s", "×", "p50 ms", "p99 ms", "CPU HTTP", "CPU silos", "CPU Redis", "CPU load", "CPU all", "Redis commands a request"],
                work.Select(Cells));
        }

        if (report.Memory.Count > 0)
        {
            text.Append("\n## Memory a live target\n\n");
            AppendTable(
                text,
                ["system", "bytes resident in its processes", "bytes in Redis"],
                report.Memory.Select(use => new[] { use.System, $"{use.ProcessBytes:N0}", $"{use.RedisBytes:N0}" }));
        }

        return text.ToString();
    }

    /// <summary>A table by itself.</summary>
    public static string Table(string[] head, IEnumerable<string[]> body)
    {
        var text = new StringBuilder();
        AppendTable(text, head, body);
        return text.ToString();
    }

    private static string[] Cells(Summary result) =>
    [
        result.System,
        $"{result.RequestsPerSecond:N0}",
        result.Ratio is { } ratio ? $"{ratio:F2}" : "",
        $"{result.P50:F2}",
        $"{result.P99:F2}",
        Cpu(result, ProcessRole.Http),
        Cpu(result, ProcessRole.Silo),
        Cpu(result, ProcessRole.Redis),
        Cpu(result, ProcessRole.Load),
        $"{result.Cpu.Values.Sum():F1}",
        string.Join(", ", result.Commands.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value:0.##}")),
    ];

    private static string Cpu(Summary result, ProcessRole role) =>
        result.Cpu.TryGetValue(role, out var microseconds) ? $"{microseconds:F1}" : "";

    private static void AppendTable(StringBuilder text, string[] head, IEnumerable<string[]> body)
    {
        List<string[]> rows = [head, .. body];
        var widths = head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Select((cell, c) => IsText(c) ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append(" |\n");
            if (i == 0)
            {
                text.Append('|').AppendJoin('|', widths.Select((width, c) => new string('-', width + 1) + (IsText(c) ? "-" : ":"))).Append("|\n");
            }
        }

        bool IsText(int column) => column == 0 || (column == head.Length - 1 && head.Length > 3);
    }
}
