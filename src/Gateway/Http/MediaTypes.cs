using System.Collections.Frozen;

namespace Otp.Gateway.Http;

/// <summary>Which bodies are read: JSON and forms in UTF-8, uncompressed.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Form = "application/x-www-form-urlencoded";

    private const string Multipart = "multipart/form-data";
    private const string Uncompressed = "identity";

    // UTF-8, and ASCII, which is a part of it, by the names that clients have for them; without dashes and underscores.
    private static readonly FrozenSet<string> Charsets =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "", "utf8", "csutf8", "ascii", "usascii", "csascii", "iso646us", "ansix3.41968");

    /// <summary>Whether a body is JSON.</summary>
    public static bool IsJson(HttpRequest request) =>
        IsUncompressed(request)
        && request.ContentType is { } type
        && (type.Equals(Json, StringComparison.OrdinalIgnoreCase) || (TypeOf(type).Equals(Json, StringComparison.OrdinalIgnoreCase) && CharsetsOf(type).All(Charsets.Contains)));

    /// <summary>Whether a body may be a form, as it also may where no type is given.</summary>
    public static bool IsForm(HttpRequest request)
    {
        if (!IsUncompressed(request))
        {
            return false;
        }

        var type = TypeOf(request.ContentType ?? Form);
        if (!type.Equals(Form, StringComparison.OrdinalIgnoreCase))
        {
            return type.Equals(Multipart, StringComparison.OrdinalIgnoreCase);
        }

        if (request.ContentType is not null)
        {
            // The text of a form is percent-encoded UTF-8, whatever charset is named, but the framework would read it in that.
            request.ContentType = Form;
        }

        return true;
    }

    /// <summary>Answers that the body is none that is read (RFC 9110, 15.5.16).</summary>
    public static void Refuse(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        response.Headers.AcceptEncoding = Uncompressed;
    }

    private static bool IsUncompressed(HttpRequest request) => request.Headers.ContentEncoding.All(
        static coding => string.IsNullOrWhiteSpace(coding) || coding.Trim().Equals(Uncompressed, StringComparison.OrdinalIgnoreCase));

    private static ReadOnlySpan<char> TypeOf(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        return contentType.AsSpan(0, end < 0 ? contentType.Length : end).Trim();
    }

    private static IEnumerable<string> CharsetsOf(string contentType) =>
        from parameter in contentType.Split(';').Skip(1)
        let parts = parameter.Split('=', 2)
        where parts.Length == 2 && parts[0].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase)
        select parts[1].Trim(' ', '\t', '"', '\'').Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
