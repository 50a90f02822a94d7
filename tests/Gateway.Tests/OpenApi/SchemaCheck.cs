using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>
/// Holds values against JSON Schema 2020-12, as much of it as the document uses: a keyword that is not known here is a fault of the test.
/// Faults name places and keywords, never values, which may be secrets.
/// </summary>
/// <param name="document">Where references lead.</param>
/// <param name="closed">Whether members that no schema names are faults, where the schema does not say that there may be some.</param>
internal sealed class SchemaCheck(ApiDocument document, bool closed)
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with a value; empty if it is valid.</summary>
    public IReadOnlyList<string> Faults(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Visit(schema, value, "#", faults);
        return faults;
    }

    private void Visit(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!Holds(schema, keyword.Name, keyword.Value, value, at, faults))
            {
                faults.Add($"{at} breaks {keyword.Name}");
            }
        }

        if (closed && value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && !schema.TryGetProperty("additionalProperties", out _))
        {
            faults.AddRange(value.EnumerateObject().Where(member => !properties.TryGetProperty(member.Name, out _)).Select(member => $"{at}/{member.Name} is not in the schema"));
        }
    }

    private bool Holds(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string at, List<string> faults)
    {
        switch (keyword)
        {
            case "$ref":
                Visit(document.Resolve(schema), value, at, faults);
                return true;
            case "type":
                return rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(one => HasType(one, value)) : HasType(rule, value);
            case "enum":
                return rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value));
            case "const":
                return JsonElement.DeepEquals(rule, value);
            case "anyOf":
                return CountMatches(rule, value) > 0;
            case "oneOf":
                return CountMatches(rule, value) == 1;
            case "properties":
                VisitMembers(rule, value, at, faults);
                return true;
            case "items":
                VisitItems(rule, value, at, faults);
                return true;
            case "required":
                return value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "additionalProperties":
                return rule.ValueKind == JsonValueKind.True ? true : throw new NotSupportedException("additionalProperties other than true");
            case "minLength":
                return value.ValueKind != JsonValueKind.String || Length(value) >= rule.GetInt32();
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || Length(value) <= rule.GetInt32();
            case "pattern":
                return value.ValueKind != JsonValueKind.String || MatchesPattern(rule.GetString()!, value.GetString()!);
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal();
            case "maximum":
                return value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal();
            case "format":
                return HasFormat(rule.GetString()!, value);
            case "title" or "description" or "examples":
                return true;
            default:
                throw new NotSupportedException($"The keyword {keyword} at {at}");
        }
    }

    private int CountMatches(JsonElement schemas, JsonElement value) => schemas.EnumerateArray().Count(one => Faults(one, value).Count == 0);

    private void VisitMembers(JsonElement properties, JsonElement value, string at, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (value.TryGetProperty(property.Name, out var member))
                {
                    Visit(property.Value, member, $"{at}/{property.Name}", faults);
                }
            }
        }
    }

    private void VisitItems(JsonElement schema, JsonElement value, string at, List<string> faults)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Visit(schema, item, $"{at}/{index}", faults);
            }
        }
    }

    private static bool HasType(JsonElement type, JsonElement value) => type.GetString() switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        var other => throw new NotSupportedException($"The type {other}"),
    };

    private static bool HasFormat(string format, JsonElement value) => format switch
    {
        "date-time" => value.ValueKind != JsonValueKind.String
            || (MatchesPattern(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", value.GetString()!)
                && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _)),
        "int64" => value.ValueKind != JsonValueKind.Number || value.TryGetInt64(out _),
        "password" => true,
        _ => throw new NotSupportedException($"The format {format}"),
    };

    private static int Length(JsonElement text) => text.GetString()!.EnumerateRunes().Count();

    // ECMA-262's $ is the end alone; .NET's also stands before a last line break.
    private static bool MatchesPattern(string pattern, string text) =>
        Regex.IsMatch(text, pattern.EndsWith('$') ? $@"{pattern[..^1]}(?!\n)$" : pattern, RegexOptions.ECMAScript, MatchTimeout);
}
