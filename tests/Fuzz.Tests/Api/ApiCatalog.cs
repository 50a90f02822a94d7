using System.Text.Json.Nodes;
using Otp.Gateway.Tests.OpenApi;

namespace Otp.Fuzz.Api;

/// <summary>Every call of a gateway: those of its OpenAPI document, so that a new one is tried by itself, and the pages that are not in it.</summary>
internal static class ApiCatalog
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    /// <summary>Reads the document of a running gateway.</summary>
    public static async Task<IReadOnlyList<ApiCall>> ReadAsync(Uri gateway)
    {
        using var http = new HttpClient();
        return Read(await http.GetStringAsync(new Uri(gateway, "/openapi/v1.json")));
    }

    public static IReadOnlyList<ApiCall> Read(string document)
    {
        var root = JsonNode.Parse(document)!;
        return
        [
            .. from path in root["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               where Methods.Contains(operation.Key, StringComparer.Ordinal)
               select ToCall(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject(), root),
            .. Undocumented.All.Concat(["/ops/stream", "/assets/site.css"]).Select(path => new ApiCall("GET", path, NeedsToken: false)),
        ];
    }

    private static ApiCall ToCall(string method, string path, JsonObject operation, JsonNode root)
    {
        // The document's own security holds where an operation says nothing else.
        var needsToken = operation["security"] is not JsonArray { Count: 0 };
        if (operation["requestBody"]?["content"]?.AsObject().First() is not { } content)
        {
            return new ApiCall(method, path, needsToken);
        }

        var examples = content.Value!["examples"]!.AsObject().Select(example => Resolve(example.Value!, root)["value"]!.AsObject());
        return new ApiCall(method, path, needsToken, content.Key, [.. examples]);
    }

    private static JsonNode Resolve(JsonNode node, JsonNode root) => node["$ref"] is { } reference
        ? reference.GetValue<string>().Split('/').Skip(1).Aggregate(root, static (at, name) => at[name]!)
        : node;
}
