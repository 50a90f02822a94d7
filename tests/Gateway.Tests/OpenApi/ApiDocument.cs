using System.Text.Json;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>The document that the gateway serves, read from its assembly.</summary>
internal sealed class ApiDocument
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    private ApiDocument(JsonElement root)
    {
        Root = root;
        Operations =
        [
            .. root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Where(member => Methods.Contains(member.Name, StringComparer.Ordinal))
                .Select(member => new ApiOperation(member.Name.ToUpperInvariant(), path.Name, member.Value))),
        ];
    }

    public static ApiDocument Current { get; } = Read();

    public JsonElement Root { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>The operation that a request is for; null if there is none.</summary>
    public ApiOperation? Find(string method, string path) =>
        Operations.FirstOrDefault(operation => operation.Method == method && operation.Matches(path));

    public JsonElement Schema(string name) => Root.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>What a reference stands for; anything else is itself.</summary>
    public JsonElement Resolve(JsonElement element)
    {
        while (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("$ref", out var reference))
        {
            element = reference.GetString()!.Split('/').Skip(1).Aggregate(Root, (at, name) => at.GetProperty(name));
        }

        return element;
    }

    private static ApiDocument Read()
    {
        using var stream = typeof(GatewayHost).Assembly.GetManifestResourceStream("openapi.json")!;
        using var document = JsonDocument.Parse(stream);
        return new ApiDocument(document.RootElement.Clone());
    }
}
