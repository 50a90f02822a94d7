using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp.Bench.Comparison.Report;

/// <summary>Puts a report on the console and, as Markdown, JSON and a chart, into files.</summary>
internal static class ReportFiles
{
    private const string Name = "comparison";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static async Task WriteAsync(ComparisonReport report, string folder, TextWriter console)
    {
        Directory.CreateDirectory(folder);
        var markdown = MarkdownReport.Write(report, Name + ".svg");
        await console.WriteLineAsync(markdown);
        await File.WriteAllTextAsync(Path.Combine(folder, Name + ".md"), markdown);
        await File.WriteAllTextAsync(Path.Combine(folder, Name + ".svg"), SvgChart.Draw(report));
        await File.WriteAllTextAsync(Path.Combine(folder, Name + ".json"), JsonSerializer.Serialize(report, Json) + "\n");
    }
}
