using System.Net;
using System.Text.Json;

namespace Otp.Gateway.Tests.Harness;

/// <summary>One HTTP answer, read to its end.</summary>
public sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, headers, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string Text(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>Without the body: it may hold a code.</summary>
    public override string ToString() => Status.ToString();
}
