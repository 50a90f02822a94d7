using System.Collections.Immutable;
using System.Globalization;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>How the comparison is run: the words after <c>compare</c>.</summary>
internal sealed record ComparisonOptions
{
    public const string Help =
        """
          compare [options]       this service beside other designs, each in processes of its own, on one Redis (Linux)
            --systems a,b,…       of stateless, plain, combined, split3, echo (these by default),
                                  member3, split1, embedded, telemetry, sampled; with a variable
                                  of its processes after each +: combined+DOTNET_TieredPGO=0
            --rounds n            measured rounds                                          (5)
            --warm-up n           rounds before them that are not measured                 (5)
            --seconds n           for each kind of work in each round                      (3)
            --connections n       requests under way at a time                             (64)
            --memory n            targets to measure memory with; 0 leaves it out          (200000)
            --output folder       where comparison.md, .json and .svg go                   (bench/results)
            --garnet              on Garnet, from the tool manifest, and not on redis-server
        """;

    public ImmutableArray<SystemKind> Systems { get; private init; } = SystemKind.Default;

    public int Rounds { get; private init; } = 5;

    /// <summary>Rounds before the first measured one. The compiler recompiles what is hot in a process for about a minute of load.</summary>
    public int WarmUps { get; private init; } = 5;

    public double Seconds { get; private init; } = 3;

    public int Connections { get; private init; } = 64;

    public int MemoryTargets { get; private init; } = 200_000;

    public string Output { get; private init; } = Path.Combine(Folders.Repository, "bench", "results");

    public bool Garnet { get; private init; }

    /// <summary>Reads the options.</summary>
    /// <exception cref="FormatException">One of them is not an option; the message says which.</exception>
    public static ComparisonOptions Parse(string[] words)
    {
        var options = new ComparisonOptions();
        while (words is not [])
        {
            (options, words) = words switch
            {
                ["--garnet", .. var rest] => (options with { Garnet = true }, rest),
                ["--systems", var names, .. var rest] => (options with { Systems = [.. names.Split(',').Select(SystemKind.Parse)] }, rest),
                ["--rounds", var number, .. var rest] => (options with { Rounds = Number(number) }, rest),
                ["--warm-up", var number, .. var rest] => (options with { WarmUps = Number(number) }, rest),
                ["--seconds", var number, .. var rest] => (options with { Seconds = double.Parse(number, CultureInfo.InvariantCulture) }, rest),
                ["--connections", var number, .. var rest] => (options with { Connections = Number(number) }, rest),
                ["--memory", var number, .. var rest] => (options with { MemoryTargets = Number(number) }, rest),
                ["--output", var folder, .. var rest] => (options with { Output = folder }, rest),
                _ => throw new FormatException($"'{words[0]}' is not an option, or lacks its value."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
