using System.Runtime.InteropServices;
using System.Text;

namespace Otp.Gateway.Http;

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

    /// <summary>
    /// Where the first member is, in characters from the start of the body, whose name holds a surrogate without a partner; null for
    /// none. The parser lets such names pass, but not be compared with any other.
    /// </summary>
    public static int? FirstBadName(JsonElement root, ReadOnlySpan<byte> body)
    {
        foreach (var member in root.EnumerateObject())
        {
            try
            {
                _ = member.Name;
            }
            catch (InvalidOperationException)
            {
                body.Overlaps(JsonMarshal.GetRawUtf8PropertyName(member), out var start);
                return Encoding.UTF8.GetCharCount(body[..start]);
            }
        }

        return null;
    }

    /// <summary>The parser's words, without the position in bytes that it adds.</summary>
    public static string MessageOf(JsonException exception)
    {
        var position = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? exception.Message : exception.Message[..position];
    }
}
