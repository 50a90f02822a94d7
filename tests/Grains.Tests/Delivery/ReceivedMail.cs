using System.Text;
using System.Text.RegularExpressions;

namespace Otp.Delivery;

/// <summary>A mail as a server got it, read as a mail reader would.</summary>
public sealed partial class ReceivedMail
{
    public ReceivedMail(string from, IReadOnlyList<string> to, bool encrypted, string content)
    {
        (From, To, Encrypted, Content) = (from, to, encrypted, content);
        var (head, body) = Split(content);
        Headers = ReadHeaders(head);
        var boundary = Boundary().Match(Headers["Content-Type"]).Groups["name"].Value;
        Parts = [.. body.Split($"--{boundary}")[1..^1].Select(part => part.Trim('\r', '\n')).Select(ReadPart)];
    }

    /// <summary>The sender of the envelope.</summary>
    public string From { get; }

    /// <summary>The recipients of the envelope.</summary>
    public IReadOnlyList<string> To { get; }

    public bool Encrypted { get; }

    public string Content { get; }

    /// <summary>The headers, unfolded and undecoded.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public IReadOnlyList<(string Type, string Text)> Parts { get; }

    public string Subject => DecodeWords(Headers["Subject"]);

    public string Text => Parts.Single(part => part.Type == "text/plain; charset=utf-8").Text;

    public string Html => Parts.Single(part => part.Type == "text/html; charset=utf-8").Text;

    /// <summary>Text with its encoded words (RFC 2047) decoded.</summary>
    public static string DecodeWords(string text) =>
        EncodedWord().Replace(
            BetweenWords().Replace(text, "?==?"),
            word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups["base64"].Value)));

    private static (string Type, string Text) ReadPart(string part)
    {
        var (head, body) = Split(part);
        var headers = ReadHeaders(head);
        Assert.Equal("quoted-printable", headers["Content-Transfer-Encoding"]);
        return (headers["Content-Type"], DecodeQuotedPrintable(body));
    }

    private static (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..end], text[(end + 4)..]);
    }

    private static Dictionary<string, string> ReadHeaders(string head) =>
        head.Replace("\r\n ", " ", StringComparison.Ordinal)
            .Replace("\r\n\t", " ", StringComparison.Ordinal)
            .Split("\r\n")
            .Select(line => line.Split(": ", 2))
            .ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase);

    private static string DecodeQuotedPrintable(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]).ReplaceLineEndings("\n");
    }

    [GeneratedRegex("boundary=\"(?<name>[^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"=\?utf-8\?[bB]\?(?<base64>[^?]*)\?=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BetweenWords();
}
