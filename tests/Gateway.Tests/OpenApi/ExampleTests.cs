using System.Text.Json;
using System.Text.RegularExpressions;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>What the document shows is true, and nobody's.</summary>
public sealed partial class ExampleTests
{
    private static readonly SchemaCheck Check = new(ApiDocument.Current, closed: true);
    private static readonly string[] CodeMembers = ["code", "OTP", "mockCode", "Code", "CustomCode"];

    [Fact]
    public void Every_example_is_valid_by_its_schema()
    {
        var examples = Examples(ApiDocument.Current.Root, "#").ToList();

        Assert.True(examples.Count > 100);
        Assert.Empty(examples.SelectMany(example => Check.Faults(example.Schema, example.Value).Select(fault => $"{example.At}: {fault}")));
    }

    [Fact]
    public void Every_body_but_the_document_itself_has_an_example() => Assert.DoesNotContain(
        Nodes(ApiDocument.Current.Root, "#").Where(node => node.At.EndsWith("/content/application~1json", StringComparison.Ordinal)),
        node => !node.Json.TryGetProperty("examples", out _) && !node.At.Contains("openapi~1v1.json", StringComparison.Ordinal));

    [Fact]
    public void Addresses_are_of_nobody()
    {
        var texts = Texts();

        Assert.NotEmpty(texts.SelectMany(text => Email().Matches(text)));
        Assert.All(texts.SelectMany(text => Email().Matches(text)), match => Assert.EndsWith("@example.com", match.Value, StringComparison.Ordinal));
        Assert.NotEmpty(texts.SelectMany(text => Phone().Matches(text)));
        Assert.All(texts.SelectMany(text => Phone().Matches(text)), match => Assert.Matches(@"^\+(442079460\d{3}|1\d{3}55501\d{2})$", match.Value));
    }

    [Fact]
    public void Secrets_are_of_nobody()
    {
        var texts = Texts();
        var codes = Examples(ApiDocument.Current.Root, "#").SelectMany(example => Nodes(example.Value, "#"))
            .Where(node => CodeMembers.Contains(node.At[(node.At.LastIndexOf('/') + 1)..], StringComparer.Ordinal))
            .Select(node => node.Json.ToString());

        // Twilio's error numbers have five digits.
        Assert.All(codes, code => Assert.True(code is "" or "123456" or { Length: 5 }));
        Assert.All(texts.SelectMany(text => SixDigits().Matches(text)), match => Assert.Equal("123456", match.Value));
        Assert.DoesNotContain(texts, text => text.Contains("eyJ", StringComparison.Ordinal));
    }

    /// <summary>Every value that some schema of the document has for an example.</summary>
    private static IEnumerable<(string At, JsonElement Schema, JsonElement Value)> Examples(JsonElement root, string start)
    {
        foreach (var (at, json) in Nodes(root, start))
        {
            if (json.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            if (json.TryGetProperty("schema", out var schema) && json.TryGetProperty("example", out var only))
            {
                yield return (at, schema, only);
            }

            if (!json.TryGetProperty("examples", out var examples))
            {
                continue;
            }

            if (examples.ValueKind == JsonValueKind.Array)
            {
                foreach (var value in examples.EnumerateArray())
                {
                    yield return (at, json, value);
                }
            }
            else if (json.TryGetProperty("schema", out schema))
            {
                foreach (var example in examples.EnumerateObject())
                {
                    yield return ($"{at}/{example.Name}", schema, ApiDocument.Current.Resolve(example.Value).GetProperty("value"));
                }
            }
        }
    }

    private static List<string> Texts() =>
        [.. Examples(ApiDocument.Current.Root, "#").SelectMany(example => Nodes(example.Value, "#")).Select(node => node.Json.ToString())];

    private static IEnumerable<(string At, JsonElement Json)> Nodes(JsonElement json, string at)
    {
        yield return (at, json);
        IEnumerable<(string At, JsonElement Json)> below = json.ValueKind switch
        {
            JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Nodes(member.Value, $"{at}/{member.Name.Replace("/", "~1", StringComparison.Ordinal)}")),
            JsonValueKind.Array => json.EnumerateArray().Index().SelectMany(item => Nodes(item.Item, $"{at}/{item.Index}")),
            _ => [],
        };
        foreach (var node in below)
        {
            yield return node;
        }
    }

    [GeneratedRegex(@"[\w.+-]+@[\w.-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Email();

    [GeneratedRegex(@"\+[1-9]\d{6,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![\w+])\d{6}(?!\w)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SixDigits();
}
