using System.Text.Json.Nodes;
using Otp.Architecture;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Otp.Deployment.Harness;

/// <summary>YAML files of the repository, as trees whose leaves are texts.</summary>
internal static class Yaml
{
    /// <summary>The documents of a file; merge keys are carried out.</summary>
    public static IReadOnlyList<JsonObject> Read(string path)
    {
        using var text = File.OpenText(Path.Combine(Repository.Root.FullName, path));
        var parser = new MergingParser(new Parser(text));
        var deserializer = new DeserializerBuilder().Build();
        var documents = new List<JsonObject>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add((JsonObject)ToNode(deserializer.Deserialize<object>(parser))!);
        }

        return documents;
    }

    private static JsonNode? ToNode(object? value) => value switch
    {
        IDictionary<object, object?> map => new JsonObject(map.Select(member => KeyValuePair.Create((string)member.Key, ToNode(member.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(ToNode)]),
        null => null,
        _ => JsonValue.Create((string)value),
    };
}

/// <summary>Reads such trees.</summary>
internal static class YamlExtensions
{
    /// <summary>The node at a path like <c>spec.template</c>; a fault of the test if there is none.</summary>
    public static JsonNode At(this JsonNode node, string path) => node.Find(path) ?? throw new InvalidOperationException($"There is no {path} in {node.ToJsonString()}");

    /// <summary>The node at a path; null if there is none.</summary>
    public static JsonNode? Find(this JsonNode node, string path) =>
        path.Split('.').Aggregate((JsonNode?)node, static (at, name) => int.TryParse(name, out var index) && at is JsonArray list ? list[index] : at?[name]);

    public static string Text(this JsonNode node, string path) => node.At(path).GetValue<string>();

    public static JsonObject Map(this JsonNode node, string path) => node.At(path).AsObject();

    public static IEnumerable<JsonNode> List(this JsonNode node, string path) => node.At(path).AsArray().Select(static item => item!);

    public static IEnumerable<string> Texts(this JsonNode node, string path) => node.List(path).Select(static item => item.GetValue<string>());

    /// <summary>The texts of a map's members.</summary>
    public static Dictionary<string, string> ToTexts(this JsonObject map) =>
        map.ToDictionary(static member => member.Key, static member => member.Value!.GetValue<string>(), StringComparer.Ordinal);
}
