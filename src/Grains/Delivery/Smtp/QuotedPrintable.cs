using System.Text;

namespace Otp.Delivery;

/// <summary>Text in quoted-printable of UTF-8 (RFC 2045, section 6.7).</summary>
internal static class QuotedPrintable
{
    private const int MaxLine = 76;

    /// <summary>Appends a text; its line ends become CRLF, and no line begins with a dot, so that SMTP has nothing to stuff.</summary>
    public static void Append(StringBuilder output, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            AppendLine(output, Encoding.UTF8.GetBytes(line));
            output.Append("\r\n");
        }
    }

    private static void AppendLine(StringBuilder output, ReadOnlySpan<byte> line)
    {
        var column = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var last = i == line.Length - 1;
            var literal = line[i] switch
            {
                (byte)'=' => false,
                (byte)'.' => column > 0 && column < MaxLine - 1,
                (byte)' ' or (byte)'\t' => !last,
                >= (byte)'!' and <= (byte)'~' => true,
                _ => false,
            };

            var width = literal ? 1 : 3;
            if (column + width > (last ? MaxLine : MaxLine - 1))
            {
                output.Append("=\r\n");
                column = 0;
            }

            if (literal)
                output.Append((char)line[i]);
            else
                output.Append('=').Append(line[i].ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            column += width;
        }
    }
}
