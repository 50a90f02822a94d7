using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Otp.Gateway.Tests.OpenApi;

/// <summary>Holds every answer that passes through, and every request that was accepted, against the document.</summary>
public sealed class DocumentedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>What HTTP itself adds to any answer.</summary>
    private static readonly HashSet<string> Transport =
        new(["Connection", "Content-Length", "Content-Type", "Date", "Transfer-Encoding"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The document has the length that LoyaltyDog's API has; some tests' programs set another.</summary>
    private const string CodeOfOtherLength = "#/code breaks pattern";

    private static readonly SchemaCheck Requests = new(ApiDocument.Current, closed: false);
    private static readonly SchemaCheck Answers = new(ApiDocument.Current, closed: true);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var requestBody = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
        var response = await base.SendAsync(request, cancellationToken);
        var (method, path) = (request.Method.Method, request.RequestUri!.AbsolutePath);
        if (ApiDocument.Current.Find(method == "HEAD" ? "GET" : method, path) is not { } operation)
        {
            // No path of the API, or none with this method.
            Assert.True(
                Undocumented.Contains(path) || response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed,
                $"{method} {path} answers {(int)response.StatusCode} and is not in the document.");
            return response;
        }

        if (IsRefusedAsHttp(response))
        {
            return response;
        }

        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        var where = $"{operation} {status}";
        Assert.True(operation.Responses.TryGetProperty(status, out var documented), $"{where}: the status is not in the document.");
        documented = ApiDocument.Current.Resolve(documented);
        CheckHeaders(response, documented, where);
        if (method != "HEAD")
        {
            await CheckBodyAsync(response, documented, where, cancellationToken);
        }

        if (response.IsSuccessStatusCode && operation.Json.TryGetProperty("requestBody", out var body))
        {
            CheckRequest(request, requestBody, body, where);
        }

        return response;
    }

    /// <summary>What is no HTTP (a path with %00) the server refuses by itself: no id, no body, whatever the path.</summary>
    private static bool IsRefusedAsHttp(HttpResponseMessage response) =>
        response is { StatusCode: HttpStatusCode.BadRequest, Content.Headers.ContentLength: 0 } && !response.Headers.Contains("X-Request-Id");

    private static void CheckHeaders(HttpResponseMessage response, JsonElement documented, string where)
    {
        var headers = documented.GetProperty("headers").EnumerateObject()
            .ToDictionary(header => header.Name, header => ApiDocument.Current.Resolve(header.Value), StringComparer.OrdinalIgnoreCase);
        var sent = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in sent.Where(header => !Transport.Contains(header.Key)))
        {
            Assert.True(headers.TryGetValue(name, out var header), $"{where}: the header {name} is not in the document.");
            var schema = header.GetProperty("schema");
            var isInteger = schema.GetProperty("type").GetString() == "integer";
            using var json = JsonDocument.Parse(isInteger ? value : JsonSerializer.Serialize(value));
            Assert.True(Answers.Faults(schema, json.RootElement).Count == 0, $"{where}: the header {name} is not as documented.");
        }

        foreach (var (name, header) in headers)
        {
            var isRequired = header.TryGetProperty("required", out var required) && required.GetBoolean();
            Assert.True(!isRequired || sent.ContainsKey(name), $"{where}: the header {name} is missing.");
        }
    }

    private static async Task CheckBodyAsync(HttpResponseMessage response, JsonElement documented, string where, CancellationToken cancellation)
    {
        await response.Content.LoadIntoBufferAsync(cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (!documented.TryGetProperty("content", out var contents))
        {
            Assert.True(body.Length == 0, $"{where}: there is a body, and none in the document.");
            return;
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
        Assert.True(contents.TryGetProperty(mediaType, out var content), $"{where}: the media type '{mediaType}' is not in the document.");
        if (mediaType == "application/json")
        {
            Check(Answers, content, body, where);
        }
    }

    private static void CheckRequest(HttpRequestMessage request, byte[] sent, JsonElement documented, string where)
    {
        // A form may also be multipart; clients are to be generated for one of both.
        var mediaType = request.Content?.Headers.ContentType?.MediaType?.ToLowerInvariant() switch
        {
            null => "",
            "multipart/form-data" => "application/x-www-form-urlencoded",
            var other => other,
        };
        Assert.True(documented.GetProperty("content").TryGetProperty(mediaType, out var content), $"{where}: accepted a body of '{mediaType}', which is not in the document.");
        if (mediaType == "application/json")
        {
            // A byte order mark counts for nothing; of two members with one name the last counts.
            var json = sent.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? sent.AsSpan(Encoding.UTF8.Preamble.Length) : sent;
            var read = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json);
            Check(Requests, content, JsonSerializer.SerializeToUtf8Bytes(read), $"{where}: the accepted request", CodeOfOtherLength);
        }
    }

    private static void Check(SchemaCheck check, JsonElement content, byte[] body, string where, params ReadOnlySpan<string> allowed)
    {
        using var json = JsonDocument.Parse(body);
        var faults = check.Faults(content.GetProperty("schema"), json.RootElement).Except(allowed.ToArray(), StringComparer.Ordinal).ToList();
        Assert.True(faults.Count == 0, $"{where}: {string.Join("; ", faults)}");
    }
}
