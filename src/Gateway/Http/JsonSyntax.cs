using System.Text;

namespace Orleans.Otp.Gateway.Http;

/// <summary>Reads from a parser's exception what a caller needs to find the mistake.</summary>
internal static class JsonSyntax
{
    /// <summary>Where the mistake is, in characters from the start of the body, which is valid UTF-8.</summary>
    public static int OffsetOf(JsonException exception, ReadOnlySpan<byte> body)
    {
        var start = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += body[start..].IndexOf((byte)'\n') + 1;
        }

        var end = Math.Min(body.Length, start + (int)(exception.BytePositionInLine ?? 0));
        return Encoding.UTF8.GetCharCount(body[..end]);
    }

    /// <summary>The parser's words, without the position in bytes that it adds.</summary>
    public static string MessageOf(JsonException exception)
    {
        var position = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? exception.Message : exception.Message[..position];
    }
}
