using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>
/// Holds values against JSON Schema 2020-12. A keyword that is not known is a fault of the test. Faults name places and keywords, never
/// values, which may be secrets.
/// </summary>
internal sealed class SchemaCheck
{
    private static readonly Uri Address = new("https://openapi.invalid/v1.json");

    private static readonly EvaluationOptions Options = new()
    {
        OutputFormat = OutputFormat.Hierarchical,
        RequireFormatValidation = true,
        FormatRegistry = WithOpenApi(new FormatRegistry()),
    };

    private readonly bool _closed;
    private readonly BuildOptions _build = new() { SchemaRegistry = new SchemaRegistry() };
    private readonly ConcurrentDictionary<string, Lazy<JsonSchema>> _schemas = new(StringComparer.Ordinal);
    private readonly Lock _building = new();

    /// <summary>A check by the schemas of a document.</summary>
    /// <param name="document">Where references lead.</param>
    /// <param name="closed">Whether members that no schema names are faults, where the schema does not say that there may be some.</param>
    public SchemaCheck(ApiDocument document, bool closed)
    {
        _closed = closed;
        _build.SchemaRegistry.Register(new JsonElementBaseDocument(Prepared(document.Root.GetRawText()), Address));
    }

    /// <summary>What is wrong with a value; empty if it is valid.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value) =>
        [.. Faults(_schemas.GetOrAdd(schema.GetRawText(), text => new(() => Build(text))).Value.Evaluate(value, Options))];

    private static IEnumerable<string> Faults(EvaluationResults results)
    {
        if (results.IsValid)
        {
            return [];
        }

        var faults = (results.Errors ?? []).Keys.Select(keyword => $"#{results.InstanceLocation} breaks {(keyword == "" ? "additionalProperties" : keyword)}")
            .Concat((results.Details ?? []).SelectMany(Faults))
            .ToList();
        return faults is [] ? [$"#{results.InstanceLocation} is not valid"] : faults;
    }

    private static FormatRegistry WithOpenApi(FormatRegistry formats)
    {
        formats.Register(new PredicateFormat("int64", static (JsonElement value) => value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _)));
        formats.Register(new PredicateFormat("password", static (JsonElement _) => true));
        return formats;
    }

    private JsonSchema Build(string schema)
    {
        lock (_building)
        {
            return JsonSchema.Build(Prepared(schema), _build);
        }
    }

    private JsonElement Prepared(string json)
    {
        var root = JsonNode.Parse(json)!;
        Prepare(root);
        return JsonSerializer.SerializeToElement(root);
    }

    private void Prepare(JsonNode? node)
    {
        foreach (var child in node switch { JsonObject members => members.Select(member => member.Value), JsonArray items => items, _ => [] })
        {
            Prepare(child);
        }

        if (node is not JsonObject schema)
        {
            return;
        }

        if (schema["$ref"] is JsonValue reference)
        {
            schema["$ref"] = $"{Address}{reference}";
        }

        // ECMA-262's $ is the end alone; .NET's also stands before a last line break.
        if (schema["pattern"] is JsonValue pattern && pattern.GetValue<string>() is [.. var start, '$'])
        {
            schema["pattern"] = $@"{start}(?!\n)$";
        }

        if (_closed && schema["properties"] is JsonObject)
        {
            schema.TryAdd("additionalProperties", false);
        }
    }
}
