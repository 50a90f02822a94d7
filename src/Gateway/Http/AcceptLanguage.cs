using Otp.Text;

namespace Otp.Gateway.Http;

/// <summary>The header by which a caller says which languages the reader of a message prefers (RFC 9110, 12.5.4).</summary>
internal static class AcceptLanguage
{
    private const int MostLanguages = 10;

    /// <summary>The languages, the most preferred first; null where the caller names none. What is no language, such as <c>*</c>, is left out.</summary>
    public static string? Of(HttpRequest request)
    {
        var languages = request.GetTypedHeaders().AcceptLanguage
            .Where(static range => range.Quality is not 0.0)
            .OrderByDescending(static range => range.Quality ?? 1)
            .Select(static range => LanguageTag.Parse(range.Value.ToString()))
            .OfType<string>()
            .Take(MostLanguages);
        return string.Join(LanguageTag.Separator, languages) is { Length: > 0 } list ? list : null;
    }
}
