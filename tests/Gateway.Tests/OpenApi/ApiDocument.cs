using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>The document that a gateway of Development serves.</summary>
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
        // Tests name their cases by the document, before anything can be awaited.
#pragma warning disable RS0030
        var json = Task.Run(ServedDocument.ReadAsync).GetAwaiter().GetResult();
#pragma warning restore RS0030
        using var document = JsonDocument.Parse(json);
        return new ApiDocument(document.RootElement.Clone());
    }

    // Apart from the class that waits for it to be initialised.
    private static class ServedDocument
    {
        public static async Task<byte[]> ReadAsync()
        {
            await using var app = GatewayHost.Build(["--environment=Development", "--urls=http://127.0.0.1:0"], static builder => builder.Logging.ClearProviders());
            await app.StartAsync();
            using var http = new HttpClient();
            return await http.GetByteArrayAsync($"{app.Urls.Single()}/openapi/v1.json");
        }
    }
}
