using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Otp.Gateway.OpenApi;

/// <summary>The body of a request: a schema made of the very rules that its members are checked by.</summary>
/// <param name="Schema">The schema's name.</param>
/// <param name="Description">What the body says.</param>
/// <param name="Examples">Names of the examples; the n-th has of each member its n-th value, or its last.</param>
/// <param name="Fields">The members.</param>
internal sealed record ApiBody(string Schema, string Description, IReadOnlyList<string> Examples, params IReadOnlyList<ApiField> Fields)
{
    public string MediaType { get; init; } = MediaTypes.Json;

    public OpenApiSchema ToSchema() => new()
    {
        Title = Schema,
        Description = Description,
        Type = JsonSchemaType.Object,
        Properties = Fields.ToDictionary(static field => field.Name, static field => field.Schema, StringComparer.Ordinal),
        Required = Fields.Where(static field => !field.IsOptional).Select(static field => field.Name).ToHashSet(StringComparer.Ordinal),
    };

    public Dictionary<string, IOpenApiExample> ToExamples() => Examples.Index().ToDictionary(
        static example => example.Item, IOpenApiExample (example) => new OpenApiExample { Value = Example(example.Index) }, StringComparer.Ordinal);

    private JsonObject Example(int index) => new(Fields
        .Select(field => KeyValuePair.Create(field.Name, field.Examples[Math.Min(index, field.Examples.Count - 1)]?.DeepClone()))
        .Where(static member => member.Value is not null));
}

/// <summary>A member of a request's body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">What is asked of it.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
/// <param name="Examples">Values; null where an example has none.</param>
internal sealed record ApiField(string Name, IOpenApiSchema Schema, bool IsOptional, IReadOnlyList<JsonNode?> Examples)
{
    private const int LongestEnum = 10;

    /// <summary>A member that must be there.</summary>
    public static ApiField Required<T>(Field<T> field, string description, params IReadOnlyList<JsonNode?> examples) =>
        Of(field, isOptional: false, description, examples);

    /// <summary>A member that may be null or absent.</summary>
    public static ApiField Optional<T>(Field<T> field, string description, params IReadOnlyList<JsonNode?> examples) =>
        Of(field, isOptional: true, description, examples);

    /// <summary>A member that has a schema of its own.</summary>
    public static ApiField Required(TextField field, IOpenApiSchema schema, JsonNode example) => new(field.Name, schema, IsOptional: false, [example]);

    private static ApiField Of<T>(Field<T> field, bool isOptional, string description, IReadOnlyList<JsonNode?> examples)
    {
        var schema = field switch
        {
            TextField text => SchemaOf(text),
            IntegerField integer => SchemaOf(integer),
            _ => throw new UnreachableException(),
        };
        schema.Title = Schemas.TitleOf(field.Name);
        schema.Description = description;
        schema.Examples = [.. examples.OfType<JsonNode>().Select(static example => example.DeepClone())];
        if (isOptional)
        {
            schema.Type |= JsonSchemaType.Null;
            schema.Enum?.Add(JsonNullSentinel.JsonNull);
        }

        return new ApiField(field.Name, schema, isOptional, examples);
    }

    private static OpenApiSchema SchemaOf(TextField field) => new()
    {
        Type = JsonSchemaType.String,
        MinLength = field.MinLength == 0 ? null : field.MinLength,
        MaxLength = field.MaxLength == int.MaxValue ? null : field.MaxLength,
        Pattern = field.Digits is { } digits ? $@"^\d{{{digits}}}$" : null,
        Enum = field.OneOf?.Select(static value => (JsonNode)value).ToList(),
    };

    private static OpenApiSchema SchemaOf(IntegerField field)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Integer };
        if (field.Most - field.Least < LongestEnum)
        {
            schema.Enum = [.. Enumerable.Range((int)field.Least, (int)(field.Most - field.Least) + 1).Select(static value => (JsonNode)value)];
            return schema;
        }

        schema.Format = "int64";
        schema.Minimum = field.Least.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = field.Most == long.MaxValue ? null : field.Most.ToString(CultureInfo.InvariantCulture);
        return schema;
    }
}
