using System.Text.Json;
using Json.Schema;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>The check that the other tests rely on does find faults.</summary>
public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "1")]
    [InlineData("""{"type":"integer"}""", "1.5")]
    [InlineData("""{"type":"null"}""", "false")]
    [InlineData("""{"enum":["a","b"]}""", "\"c\"")]
    [InlineData("""{"const":false}""", "null")]
    [InlineData("""{"minLength":2}""", "\"😀\"")]
    [InlineData("""{"maxLength":1}""", "\"ab\"")]
    [InlineData("""{"pattern":"^\\d{6}$"}""", "\"123456\\n\"")]
    [InlineData("""{"pattern":"^\\d{6}$"}""", "\"١٢٣٤٥٦\"")]
    [InlineData("""{"minimum":1}""", "0")]
    [InlineData("""{"maximum":1}""", "2")]
    [InlineData("""{"format":"date-time"}""", "\"2026-03-16 14:45\"")]
    [InlineData("""{"format":"int64"}""", "9223372036854775808")]
    [InlineData("""{"type":"object","required":["a"]}""", "{}")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"b":1}""")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1]""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":0}]}""", "1")]
    [InlineData("""{"$ref":"#/components/schemas/ErrorDetail"}""", """{"detail":[]}""")]
    public void Fault_is_found(string schema, string value) => Assert.NotEmpty(Faults(schema, value));

    [Theory]
    [InlineData("""{"type":"integer"}""", "2.0")]
    [InlineData("""{"maxLength":1}""", "\"😀\"")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":true}""", """{"b":1}""")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "null")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"string"}]}""", "1")]
    [InlineData("""{"format":"date-time"}""", "\"2026-03-16T14:45:02.123+00:00\"")]
    public void Valid_value_has_none(string schema, string value) => Assert.Empty(Faults(schema, value));

    [Fact]
    public void Unknown_keyword_is_not_passed_over() => Assert.Throws<JsonSchemaException>(() => Faults("""{"multipel":2}""", "1"));

    private static IReadOnlyList<string> Faults(string schema, string value)
    {
        using var rule = JsonDocument.Parse(schema);
        using var json = JsonDocument.Parse(value);
        return new SchemaCheck(ApiDocument.Current, closed: true).Faults(rule.RootElement, json.RootElement);
    }
}
