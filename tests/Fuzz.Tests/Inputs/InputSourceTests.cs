using Otp.Fuzz.Api;

namespace Otp.Fuzz.Inputs;

/// <summary>What makes a finding worth something: it can be made again, and every call and every way to spoil it has its turn.</summary>
public sealed class InputSourceTests
{
    private const string Document = """
        {
          "paths": {
            "/things/{name}": { "put": { "requestBody": { "content": { "application/json": { "examples": { "one": { "value": { "target": "jane@example.com", "code": "123456" } } } } } } } },
            "/token": { "post": { "security": [], "requestBody": { "content": { "application/x-www-form-urlencoded": { "examples": { "one": { "$ref": "#/components/examples/one" } } } } } } },
            "/health": { "get": { "security": [] } }
          },
          "components": { "examples": { "one": { "value": { "username": "demo" } } } }
        }
        """;

    private readonly InputSource _source = new(ApiCatalog.Read(Document), seed: 1);

    [Fact]
    public void Same_seed_and_number_make_the_same_bytes()
    {
        var again = new InputSource(ApiCatalog.Read(Document), seed: 1);

        foreach (var number in Enumerable.Range(0, 2_000))
        {
            Assert.Equal(_source.Create(number).Build().ToBytes("token"), again.Create(number).Build().ToBytes("token"));
        }
    }

    [Fact]
    public void Another_seed_makes_others()
    {
        var other = new InputSource(ApiCatalog.Read(Document), seed: 2);

        Assert.True(Enumerable.Range(0, 100).Count(number => $"{other.Create(number).Build()}" == $"{_source.Create(number).Build()}") < 20);
    }

    [Fact]
    public void Every_call_of_the_document_and_every_mutation_is_tried()
    {
        var inputs = Enumerable.Range(0, 5_000).Select(_source.Create).ToList();

        Assert.Superset(new HashSet<string>(["PUT /things/{name}", "POST /token", "GET /health"], StringComparer.Ordinal), inputs.Select(input => $"{input.Call}").ToHashSet(StringComparer.Ordinal));
        Assert.Equal(Mutations.All.Select(mutation => mutation.Name).ToHashSet(StringComparer.Ordinal), inputs.SelectMany(input => input.Steps).Select(step => step.Mutation.Name).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Unspoiled_request_is_what_the_document_says()
    {
        var call = ApiCatalog.Read(Document)[0];

        var request = call.ToRequest(new Random(1));

        Assert.Equal("PUT", request.Method);
        Assert.StartsWith("/things/", request.Target, StringComparison.Ordinal);
        Assert.Contains(("Authorization", $"Bearer {RawRequest.TokenMark}"), request.Headers);
        Assert.Equal(2, JsonMembers.Of(request.Body).Count);
    }

    [Fact]
    public void What_is_shown_of_a_request_holds_no_token() =>
        Assert.DoesNotContain("secret-token", $"{ApiCatalog.Read(Document)[0].ToRequest(new Random(1))}", StringComparison.Ordinal);
}
