using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Gateway.Tests.Harness;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>Requests as the document shows them, made by the demo client of Development.</summary>
internal static class ExampleRequest
{
    private const string Client = "demo";
    private const string Secret = "demo-secret";
    private const string Account = "AC00000000000000000000000000000019";

    /// <summary>The names of an operation's example bodies; empty for one without a body.</summary>
    public static IEnumerable<string> Names(ApiOperation operation) =>
        operation.Json.TryGetProperty("requestBody", out _) ? Content(operation).Value.GetProperty("examples").EnumerateObject().Select(example => example.Name) : [];

    public static bool TakesJson(ApiOperation operation) => operation.Json.TryGetProperty("requestBody", out _) && Content(operation).Name == "application/json";

    /// <summary>An example body as it is sent; null where the operation takes none.</summary>
    public static HttpContent? Body(ApiOperation operation, string? name)
    {
        if (name is null)
        {
            return null;
        }

        var content = Content(operation);
        var value = ApiDocument.Current.Resolve(content.Value.GetProperty("examples").GetProperty(name)).GetProperty("value");
        return content.Name == "application/json"
            ? new StringContent(value.GetRawText(), Encoding.UTF8, content.Name)
            : new FormUrlEncodedContent(value.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value.GetString()!)));
    }

    /// <summary>Makes the request.</summary>
    public static async Task<Answer> SendAsync(TestGateway gateway, ApiOperation operation, HttpContent? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), PathOf(operation));
        request.Content = body;
        if (IsBasic(operation))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Secret}")));
        }
        else if (NeedsToken(operation))
        {
            var token = await gateway.TryTokenAsync(Client, Secret);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Text("accessToken"));
        }

        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Whether the operation needs a bearer token.</summary>
    public static bool NeedsToken(ApiOperation operation) => !operation.Json.TryGetProperty("security", out _);

    /// <summary>Whether the operation needs an account's credentials.</summary>
    public static bool IsBasic(ApiOperation operation) =>
        operation.Json.TryGetProperty("security", out var security) && security.EnumerateArray().Any(scheme => scheme.TryGetProperty("basicAuth", out _));

    // Each part in braces is the parameter's example.
    private static string PathOf(ApiOperation operation) => operation.Json.TryGetProperty("parameters", out var parameters)
        ? parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "path").Aggregate(
            operation.Path,
            (path, parameter) => path.Replace($"{{{parameter.GetProperty("name").GetString()}}}", parameter.GetProperty("example").GetString(), StringComparison.Ordinal))
        : operation.Path;

    private static JsonProperty Content(ApiOperation operation) =>
        operation.Json.GetProperty("requestBody").GetProperty("content").EnumerateObject().Single();
}
