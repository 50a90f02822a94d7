using System.Globalization;

namespace Otp.Fuzz;

/// <summary>How many malformed inputs are tried, and which.</summary>
internal sealed record FuzzOptions
{
    private static readonly Dictionary<string, Func<FuzzOptions, int, FuzzOptions>> Setters = new(StringComparer.Ordinal)
    {
        ["--inputs"] = static (options, value) => options with { Inputs = value },
        ["--seed"] = static (options, value) => options with { Seed = value },
        ["--only"] = static (options, value) => options with { Only = value },
        ["--connections"] = static (options, value) => options with { Connections = value },
    };

    public int Inputs { get; init; } = 1_000_000;

    /// <summary>What the inputs are made from: the same seed makes the same inputs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The number of the one input that is tried; null for all.</summary>
    public int? Only { get; init; }

    /// <summary>How many inputs are under way at once.</summary>
    public int Connections { get; init; } = 16;

    /// <summary>How long an answer may take.</summary>
    public TimeSpan LongestAnswer { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a command line is one for the long run.</summary>
    public static bool Concern(string[] args) => args.Length > 0 && Setters.ContainsKey(args[0]);

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">It says something else.</exception>
    public static FuzzOptions Parse(string[] args)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!Setters.TryGetValue(args[i], out var set) || i + 1 == args.Length)
            {
                throw new FormatException($"'{args[i]}' is no option with a value. Options: {string.Join(", ", Setters.Keys)}");
            }

            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                throw new FormatException($"'{args[i + 1]}' is no number.");
            }

            options = set(options, value);
        }

        return options;
    }
}
