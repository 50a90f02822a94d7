using System.Collections.Immutable;

namespace Otp.Bench.Comparison.Systems;

/// <summary>A system that takes part.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Title">What reports call it.</param>
/// <param name="Project">The project whose process answers HTTP.</param>
/// <param name="Silos">Silos in processes of their own.</param>
/// <param name="Traced">The share of requests that are traced, where traces and metrics are exported; null where nothing is.</param>
/// <param name="Environment">Variables that its processes have beside those of all.</param>
internal sealed record SystemKind(
    string Name, string Title, string Project, int Silos = 0, double? Traced = null, ImmutableDictionary<string, string>? Environment = null)
{
    /// <summary><c>Otp:Topology</c>.</summary>
    public string Topology { get; init; } = Silos > 0 ? "Split" : "Combined";

    /// <summary>What the others are measured against.</summary>
    public static readonly SystemKind Stateless = new("stateless", "stateless, Redis Lua", "Stateless");

    public static readonly SystemKind Echo = new("echo", "JSON echo", "Echo");

    /// <summary>Orleans as its documentation suggests it, with stock options.</summary>
    public static readonly SystemKind Plain = new("plain", "plain Orleans, one process", "PlainOrleans");

    public static readonly SystemKind Combined = new("combined", "ours, one process", "Gateway");

    /// <summary>Without Redis: nothing is durable; shows what the storage costs.</summary>
    public static readonly SystemKind Embedded = new("embedded", "ours, in memory", "Gateway");

    public static readonly ImmutableArray<SystemKind> Default =
    [
        Stateless,
        Plain,
        Combined,
        new("split3", "ours, gateway + 3 silos", "Gateway", 3),
        Echo,
    ];

    public static readonly ImmutableArray<SystemKind> All =
    [
        .. Default,
        new("member3", "ours, member gateway + 3 silos", "Gateway", 3) { Topology = "Member" },
        new("split1", "ours, gateway + 1 silo", "Gateway", 1),
        Embedded,
        new("telemetry", "ours, one process, telemetry", "Gateway", Traced: 1),
        new("sampled", "ours, one process, telemetry, one trace in a hundred", "Gateway", Traced: 0.01),
    ];

    /// <summary>The system that the command line means: a name, and after each <c>+</c> a variable of its processes.</summary>
    /// <exception cref="FormatException">There is no such system, or a variable is not <c>NAME=VALUE</c>.</exception>
    public static SystemKind Parse(string text)
    {
        var words = text.Split('+');
        var kind = All.FirstOrDefault(kind => kind.Name == words[0]) ?? throw new FormatException($"'{words[0]}' is not a system.");
        return words.Length == 1 ? kind : kind with
        {
            Title = $"{kind.Title}, {string.Join(", ", words[1..])}",
            Environment = words[1..].ToImmutableDictionary(NameOf, word => word[(NameOf(word).Length + 1)..], StringComparer.Ordinal),
        };

        static string NameOf(string word) =>
            word.IndexOf('=', StringComparison.Ordinal) is > 0 and var end ? word[..end] : throw new FormatException($"'{word}' is not NAME=VALUE.");
    }
}
