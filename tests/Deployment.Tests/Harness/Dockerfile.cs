using System.Text.Json;
using Otp.Architecture;

namespace Otp.Deployment.Harness;

/// <summary>The <c>Dockerfile</c>, read instruction by instruction.</summary>
internal static class Dockerfile
{
    /// <summary>The instructions of a target and of the stages that it builds on, the lowest first.</summary>
    public static IReadOnlyList<(string Name, string Value)> InstructionsOf(string target)
    {
        var stage = Stages().Single(stage => stage.Name == target);
        return Stages().Any(other => other.Name == stage.From) ? [.. InstructionsOf(stage.From), .. stage.Instructions] : stage.Instructions;
    }

    /// <summary>The value of a target's last instruction of a name.</summary>
    public static string Last(string target, string instruction) => InstructionsOf(target).Last(line => line.Name == instruction).Value;

    /// <summary>The words of an instruction in exec form: no shell stands between.</summary>
    public static string[] Words(string value) => JsonSerializer.Deserialize<string[]>(value[value.IndexOf('[', StringComparison.Ordinal)..])!;

    /// <summary>The environment that a target's containers start with.</summary>
    public static Dictionary<string, string> EnvironmentOf(string target) => InstructionsOf(target)
        .Where(static line => line.Name == "ENV")
        .Select(static line => line.Value.Split('=', 2))
        .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);

    /// <summary>All instructions of the file.</summary>
    public static IEnumerable<(string Name, string Value)> Instructions() =>
        File.ReadAllText(Path.Combine(Repository.Root.FullName, "Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split(' ', 2))
            .Select(static parts => (parts[0], parts[1].Trim()));

    private static List<Stage> Stages()
    {
        var stages = new List<Stage>();
        foreach (var (name, value) in Instructions())
        {
            if (name == "FROM")
            {
                var words = value.Split(' ');
                stages.Add(new Stage(words[0], words[^1], []));
            }
            else
            {
                stages[^1].Instructions.Add((name, value));
            }
        }

        return stages;
    }

    private sealed record Stage(string From, string Name, List<(string Name, string Value)> Instructions);
}
