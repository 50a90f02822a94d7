using System.Text.Json;
using System.Text.Json.Nodes;
using Otp.Gateway.Loyalife;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>The document against the published ones: LoyaltyDog's send (<c>seed-a.json</c>, its schemas as published) and Loyalife's generate.</summary>
public sealed class SeedSchemaTests
{
    /// <summary>Where the document says more than the published one, and why. Words and examples that are added change nothing.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal)
    {
        ["SendOTPResponse/required"] = "answers always have all five members, null where there is nothing to say",
        ["HTTPValidationError/required"] = "the answer always has its one member",
    };

    private static readonly string[] Annotations = ["description", "examples"];

    [Fact]
    public void Schemas_are_LoyaltyDogs_field_by_field()
    {
        var differences = Seed().GetProperty("schemas").EnumerateObject()
            .SelectMany(schema => Differences(Meaning(schema.Value), Meaning(ApiDocument.Current.Schema(schema.Name)), schema.Name));

        Assert.Equal(Deviations.Keys.Order(StringComparer.Ordinal), differences.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Send_is_called_as_LoyaltyDog_calls_it()
    {
        var send = ApiDocument.Current.Find("POST", TestGateway.SendPath)!;

        Assert.Equal(Seed().GetProperty("operationId").GetString(), send.Json.GetProperty("operationId").GetString());
        Assert.Equal("#/components/schemas/SendOTPRequest", Reference(send.Json.GetProperty("requestBody")));
        Assert.Equal("#/components/schemas/SendOTPResponse", Reference(send.Responses.GetProperty("200")));
        Assert.Equal("#/components/schemas/SendOTPResponse", Reference(send.Responses.GetProperty("429")));

        static string Reference(JsonElement body) =>
            body.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
    }

    [Fact]
    public void Purposes_are_Loyalifes_24() =>
        Assert.Equal(OtpTypes.Names, ApiDocument.Current.Schema("OtpType").GetProperty("enum").EnumerateArray().Select(name => name.GetString()!));

    [Fact]
    public void Generate_has_Loyalifes_fields()
    {
        var schema = ApiDocument.Current.Schema("GenerateOTPRequest");
        var fields = schema.GetProperty("properties").EnumerateObject().Select(field => field.Name).ToList();

        Assert.Equal(["UniquerefID", "SourceAddress", "SourceCode", "OtpType", "ProgramId", "RelationType"], fields);
        Assert.Equal(["UniquerefID", "OtpType", "ProgramId", "RelationType"], schema.GetProperty("required").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(["1", "2", "3", "4", "null"], schema.GetProperty("properties").GetProperty("SourceCode").GetProperty("enum").EnumerateArray().Select(code => code.GetRawText()));
    }

    [Fact]
    public void Error_codes_are_those_that_the_gateway_has() => Assert.Equal(
        LoyalifeErrorCode.All.Select(error => error.Code),
        ApiDocument.Current.Schema("LoyalifeResults").GetProperty("properties").GetProperty("ErrorCode").GetProperty("enum").EnumerateArray().Select(code => code.GetString()!));

    /// <summary>Places where two schemas differ, but for words and examples that only the second has.</summary>
    private static IEnumerable<string> Differences(JsonElement published, JsonElement ours, string at)
    {
        if (published.ValueKind == JsonValueKind.Array && ours.ValueKind == JsonValueKind.Array && published.GetArrayLength() == ours.GetArrayLength())
        {
            return published.EnumerateArray().Zip(ours.EnumerateArray()).Index().SelectMany(pair => Differences(pair.Item.First, pair.Item.Second, $"{at}/{pair.Index}"));
        }

        if (published.ValueKind != JsonValueKind.Object || ours.ValueKind != JsonValueKind.Object)
        {
            return JsonElement.DeepEquals(published, ours) ? [] : [at];
        }

        var names = published.EnumerateObject().Concat(ours.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal);
        return names.SelectMany(name => (published.TryGetProperty(name, out var first), ours.TryGetProperty(name, out var second)) switch
        {
            (true, true) => Differences(first, second, $"{at}/{name}"),
            (false, true) when Annotations.Contains(name, StringComparer.Ordinal) => [],
            _ => [$"{at}/{name}"],
        });
    }

    /// <summary>The schema with "text or null" said one way: <c>anyOf: [{type: T}, {type: null}]</c> is <c>type: [null, T]</c>.</summary>
    private static JsonElement Meaning(JsonElement schema) => JsonSerializer.SerializeToElement(Meaning(JsonNode.Parse(schema.GetRawText())));

    private static JsonNode? Meaning(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(Meaning)]);
            case JsonObject { Count: > 0 } members:
                var meaning = new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Meaning(member.Value))));
                if (members["anyOf"] is JsonArray { Count: 2 } either && either[1]?["type"]?.ToString() == "null" && meaning.Remove("anyOf"))
                {
                    meaning["type"] = new JsonArray("null", either[0]!["type"]!.ToString());
                }

                return meaning;
            default:
                return node?.DeepClone();
        }
    }

    private static JsonElement Seed()
    {
        using var stream = typeof(SeedSchemaTests).Assembly.GetManifestResourceStream("seed-a.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
