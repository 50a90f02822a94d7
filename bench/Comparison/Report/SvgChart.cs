using System.Globalization;
using System.Net;
using System.Text;

namespace Otp.Bench.Comparison.Report;

/// <summary>Requests per second as bars, grouped by work; its colours follow the reader's light or dark setting.</summary>
internal static class SvgChart
{
    private const int Width = 860;
    private const int BarLeft = 210;
    private const int BarWidth = 500;
    private const int BarHeight = 16;
    private const int RowHeight = 22;
    private const int GroupHead = 36;
    private const int Top = 40;

    private const string Style =
        """
        text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#24292f}
        .title{font-size:15px;font-weight:600}.work{font-weight:600}.note{font-size:11px;fill:#57606a}.name{text-anchor:end}
        .c0{fill:#8c959f}.c1{fill:#1a7f37}.c2{fill:#0969da}.c3{fill:#54aeff}.c4{fill:#c9d1d9}.c5{fill:#8250df}
        @media (prefers-color-scheme:dark){
        text{fill:#e6edf3}.note{fill:#9198a1}
        .c0{fill:#9198a1}.c1{fill:#3fb950}.c2{fill:#4493f8}.c3{fill:#1f6feb}.c4{fill:#4d5560}.c5{fill:#ab7df8}}
        """;

    public static string Draw(ComparisonReport report)
    {
        var systems = report.Results.Select(result => result.System).Distinct().ToList();
        var works = report.Results.GroupBy(result => result.Work).ToList();
        var fastest = report.Results.Max(result => result.RequestsPerSecond);
        var height = Top + (works.Count * GroupHead) + (report.Results.Count * RowHeight) + 24;

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<style>{Style}</style>\n");
        svg.Append("<title>Requests per second</title>\n<text class=\"title\" x=\"16\" y=\"26\">Requests per second (× the stateless design)</text>\n");
        var y = Top;
        foreach (var work in works)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"work\" x=\"16\" y=\"{y + 22}\">{Escape(work.Key)}</text>\n");
            y += GroupHead;
            foreach (var result in work)
            {
                AppendBar(svg, y, result, systems.IndexOf(result.System), fastest);
                y += RowHeight;
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"note\" x=\"16\" y=\"{height - 8}\">{Escape(report.Conditions)}</text>\n</svg>\n");
        return svg.ToString();
    }

    private static void AppendBar(StringBuilder svg, int y, Summary result, int colour, double fastest)
    {
        var length = result.RequestsPerSecond / fastest * BarWidth;
        var ratio = result.Ratio is { } value ? $" (× {value:F2})" : "";
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{BarLeft - 8}\" y=\"{y + 13}\">{Escape(result.System)}</text>")
            .Append(CultureInfo.InvariantCulture, $"<rect class=\"c{colour}\" x=\"{BarLeft}\" y=\"{y}\" width=\"{length:F1}\" height=\"{BarHeight}\" rx=\"2\"/>")
            .Append(CultureInfo.InvariantCulture, $"<text x=\"{BarLeft + length + 6:F1}\" y=\"{y + 13}\">{result.RequestsPerSecond:N0}{ratio}</text>\n");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
