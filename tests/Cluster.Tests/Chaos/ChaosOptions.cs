using System.Globalization;
using Otp.Cluster.Faults;
using Otp.Cluster.Load;
using Otp.Cluster.Processes;
using Otp.Programs;

namespace Otp.Cluster.Chaos;

/// <summary>What a chaos run does, and for how long.</summary>
internal sealed record ChaosOptions
{
    /// <summary>Every fault that needs nothing but this version.</summary>
    public static IReadOnlyList<IFault> AllFaults { get; } =
    [
        new SiloKilled(), new SiloStopped(), new SiloTerminated(), new GatewayKilled(), new RedisRestarted(), new SiloCutFromRedis(), new SilosCutFromEachOther(),
        new SiloKilled(isBehindProxy: true),
    ];

    private static readonly IReadOnlyList<IFault> NamedFaults = [.. AllFaults, new Upgraded()];

    /// <summary>For how long faults are made; each is made once in any case.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The faults, made one after the other, over and over.</summary>
    public IReadOnlyList<IFault> Faults { get; init; } = AllFaults;

    /// <summary>The time from one fault's beginning to the next one's, at least.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the limits on stalls are multiplied by.</summary>
    public double StallTolerance { get; init; } = 1;

    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    /// <summary><c>Otp:Topology</c>.</summary>
    public Topology Topology { get; init; } = Topology.Split;

    /// <summary>If set, the run is another: so many sends to new targets, then a look at Redis.</summary>
    public int StoredTargets { get; init; }

    /// <summary>If set, the run is another: so many events for an endpoint, while silos are killed.</summary>
    public int Events { get; init; }

    /// <summary>If set, the run is another: no faults, but so many times the load that the cluster can serve.</summary>
    public double Overload { get; init; }

    /// <summary>The connections of an overload.</summary>
    public int Callers { get; init; } = 1_000;

    public LoadOptions Load { get; init; } = new();

    public ClusterShape Shape =>
        new(Silos, Gateways, Faults.Any(f => f is SiloCutFromRedis or SilosCutFromEachOther or SiloKilled { IsBehindProxy: true }), Topology: Topology);

    /// <summary>Whether a command line is one for a chaos run.</summary>
    public static bool Concern(string[] args) => args.Length > 0 && Setters.ContainsKey(args[0]);

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">It says something else.</exception>
    public static ChaosOptions Parse(string[] args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!Setters.TryGetValue(args[i], out var set) || i + 1 == args.Length)
            {
                throw new FormatException($"'{args[i]}' is no option with a value. Options: {string.Join(", ", Setters.Keys)}");
            }

            options = set(options, args[i + 1]);
        }

        return options;
    }

    private static readonly Dictionary<string, Func<ChaosOptions, string, ChaosOptions>> Setters = new(StringComparer.Ordinal)
    {
        ["--minutes"] = (o, v) => o with { Duration = TimeSpan.FromMinutes(Number(v)) },
        ["--faults"] = (o, v) => o with { Faults = ParseFaults(v) },
        ["--every"] = (o, v) => o with { Every = TimeSpan.FromSeconds(Number(v)) },
        ["--silos"] = (o, v) => o with { Silos = (int)Number(v) },
        ["--gateways"] = (o, v) => o with { Gateways = (int)Number(v) },
        ["--topology"] = (o, v) => o with { Topology = ParseTopology(v) },
        ["--stall-tolerance"] = (o, v) => o with { StallTolerance = Number(v) },
        ["--workers"] = (o, v) => o with { Load = o.Load with { Workers = (int)Number(v) } },
        ["--rate"] = (o, v) => o with { Load = o.Load with { ActsPerSecond = (int)Number(v) } },
        ["--seed"] = (o, v) => o with { Load = o.Load with { Seed = (int)Number(v) } },
        ["--overload"] = (o, v) => o with { Overload = Number(v) },
        ["--callers"] = (o, v) => o with { Callers = (int)Number(v) },
        ["--events"] = (o, v) => o with { Events = (int)Number(v) },
        ["--stored"] = (o, v) => o with { StoredTargets = (int)Number(v) },
    };

    private static Topology ParseTopology(string text) =>
        Enum.TryParse<Topology>(text, ignoreCase: true, out var topology) && topology is not Topology.Combined
            ? topology
            : throw new FormatException($"'{text}' is neither {Topology.Split} nor {Topology.Member}.");

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IReadOnlyList<IFault> ParseFaults(string names) =>
    [
        .. names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(n => n != "none").Select(name =>
            NamedFaults.FirstOrDefault(f => f.Name == name)
            ?? throw new FormatException($"'{name}' is no fault: {string.Join(", ", NamedFaults.Select(f => f.Name))}, none")),
    ];
}
