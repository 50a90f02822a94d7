using System.Collections.Immutable;
using System.Globalization;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.LongRuns;

/// <summary>How one system is run for long, or with many targets: the words after <c>hold</c> and <c>grow</c>.</summary>
internal sealed record LongRunOptions
{
    public const string Help =
        """
          hold [options]          one system for minutes: whether memory and latency creep
          grow [options]          one system while its targets become more: what that does to a request
            --system a            as for compare                                           (combined)
            --minutes n           of hold                                                  (20)
            --targets a,b,…       of grow: where it stops to measure              (10000,100000,1000000)
            --connections n       requests under way at a time                             (64)
        """;

    public SystemKind System { get; private init; } = SystemKind.Combined;

    public int Minutes { get; private init; } = 20;

    public ImmutableArray<int> Targets { get; private init; } = [10_000, 100_000, 1_000_000];

    public int Connections { get; private init; } = 64;

    /// <summary>Reads the options.</summary>
    /// <exception cref="FormatException">One of them is not an option; the message says which.</exception>
    public static LongRunOptions Parse(string[] words)
    {
        var options = new LongRunOptions();
        while (words is not [])
        {
            (options, words) = words switch
            {
                ["--system", var name, .. var rest] => (options with { System = SystemKind.Parse(name) }, rest),
                ["--minutes", var number, .. var rest] => (options with { Minutes = Number(number) }, rest),
                ["--targets", var numbers, .. var rest] => (options with { Targets = [.. numbers.Split(',').Select(Number).Order()] }, rest),
                ["--connections", var number, .. var rest] => (options with { Connections = Number(number) }, rest),
                _ => throw new FormatException($"'{words[0]}' is not an option, or lacks its value."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
