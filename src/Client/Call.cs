using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Otp.Client;

/// <summary>A request that can be made more than once.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path below the service's address.</param>
/// <param name="Content">Makes its body; null for none.</param>
internal sealed record Call(HttpMethod Method, string Path, Func<HttpContent>? Content = null)
{
    private const string IdempotencyKeyHeader = "Idempotency-Key";
    private const int LongestKey = 128;
    private const int LongestLanguage = 35;

    public string? IdempotencyKey { get; init; }

    /// <summary>The language of the message, where a header says it.</summary>
    public string? Language { get; init; }

    /// <summary>A call with a JSON body.</summary>
    public static Call Json<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return new Call(method, path, () => new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } });
    }

    /// <summary>A call with a form; a field without a value is left out.</summary>
    public static Call Form(string path, params IEnumerable<(string Name, string? Value)> fields)
    {
        var given = fields.Where(static pair => pair.Value is not null).Select(static pair => KeyValuePair.Create(pair.Name, pair.Value!)).ToList();
        return new Call(HttpMethod.Post, path, () => new FormUrlEncodedContent(given));
    }

    /// <summary>A caller's idempotency key, or a random one.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string KeyOrRandom(string? key)
    {
        if (key is null)
        {
            return RandomNumberGenerator.GetHexString(32, lowercase: true);
        }

        return key.Length is >= 1 and <= LongestKey && key.All(static c => c is > ' ' and <= '~')
            ? key
            : throw new ArgumentException("An idempotency key has 1 to 128 visible ASCII characters.", nameof(key));
    }

    /// <summary>The language that a caller names, if it names one.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string? LanguageOrNone(string? language) =>
        language is null || (language.Length is >= 2 and <= LongestLanguage && language.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-'))
            ? language
            : throw new ArgumentException("A language is a tag like pt or pt-BR.", nameof(language));

    /// <summary>The request, to be made once.</summary>
    public HttpRequestMessage ToRequest(AuthenticationHeaderValue? credentials)
    {
        var request = new HttpRequestMessage(Method, Path) { Content = Content?.Invoke(), Headers = { Authorization = credentials } };
        if (IdempotencyKey is not null)
        {
            request.Headers.Add(IdempotencyKeyHeader, IdempotencyKey);
        }

        if (Language is not null)
        {
            request.Headers.Add("Accept-Language", Language);
        }

        return request;
    }
}
