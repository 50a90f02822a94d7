using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Otp.Architecture;

namespace Otp.Deployment.Harness;

/// <summary><c>docker-compose.yml</c>, with the example settings that an operator copies beside it.</summary>
internal sealed partial class ComposeFile
{
    private readonly JsonObject _root = Yaml.Read("docker-compose.yml").Single();

    public JsonObject Services => _root.Map("services");

    public JsonObject Networks => _root.Map("networks");

    /// <summary>The example of a settings file: its lines, those left blank too.</summary>
    public static Dictionary<string, string> Example(string file) => File.ReadLines(Path.Combine(Repository.Root.FullName, "deploy", $"{file}.example"))
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split('=', 2))
        .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);

    /// <summary>The environment of a service's containers: its files, then what the service says itself.</summary>
    public Dictionary<string, string> EnvironmentOf(string service, Blanks blanks)
    {
        var node = Services.At(service);
        var variables = blanks.Fill(Example("otp.env"));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Texts("env_file").SelectMany(file => blanks.Fill(Example(file))))
        {
            environment[key] = value;
        }

        foreach (var (key, value) in node.Map("environment").ToTexts())
        {
            environment[key] = Variable().Replace(value, match => variables[match.Groups["name"].Value]);
        }

        return environment;
    }

    [GeneratedRegex(@"\$\{(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
