using System.Globalization;
using System.Text;

namespace Otp.Fuzz.Inputs;

/// <summary>A request, byte for byte: what no well-behaved client would send can be said with it.</summary>
internal sealed class RawRequest
{
    /// <summary>Stands for the bearer token, so that no finding shows one.</summary>
    public const string TokenMark = "{token}";

    public string Method { get; set; } = "GET";

    public string Target { get; set; } = "/";

    public string Version { get; set; } = "HTTP/1.1";

    /// <summary>What ends a line of the head.</summary>
    public string LineEnd { get; set; } = "\r\n";

    /// <summary>Each character is a byte (Latin-1). A mutation may have added the headers that frame the body.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[] Body { get; set; } = [];

    /// <summary>Whether the body's length is told truly, by a header that <see cref="ToBytes"/> adds.</summary>
    public bool IsFramed { get; set; } = true;

    /// <summary>Whether it is no HTTP any more: it may be answered by a closed connection, and nothing may follow it.</summary>
    public bool IsBroken { get; set; }

    /// <summary>If set, these bytes are sent in place of all the rest.</summary>
    public byte[]? Whole { get; set; }

    /// <summary>Replaces the value of a header, or adds it.</summary>
    public void Set(string name, string value)
    {
        Headers.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        Headers.Add((name, value));
    }

    /// <summary>What goes over the wire.</summary>
    public byte[] ToBytes(string token)
    {
        if (Whole is not null)
        {
            return Whole;
        }

        var head = new StringBuilder().Append(Method).Append(' ').Append(Target).Append(' ').Append(Version).Append(LineEnd);
        foreach (var (name, value) in Headers)
        {
            head.Append(name).Append(": ").Append(value.Replace(TokenMark, token, StringComparison.Ordinal)).Append(LineEnd);
        }

        if (IsFramed && (Body.Length > 0 || Method is "POST" or "PUT"))
        {
            head.Append("Content-Length: ").Append(Body.Length.ToString(CultureInfo.InvariantCulture)).Append(LineEnd);
        }

        return [.. Encoding.Latin1.GetBytes(head.Append(LineEnd).ToString()), .. Body];
    }

    /// <summary>The request as a text that <c>printf %b</c> turns into its bytes, without the token.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var value in ToBytes(TokenMark))
        {
            text.Append(value switch
            {
                (byte)'\r' => @"\r",
                (byte)'\n' => @"\n",
                (byte)'\\' => @"\\",
                >= 0x20 and < 0x7F => ((char)value).ToString(),
                _ => string.Create(CultureInfo.InvariantCulture, $@"\x{value:x2}"),
            });
        }

        return text.ToString();
    }
}
