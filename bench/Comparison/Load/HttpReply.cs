using System.Buffers.Text;

namespace Otp.Bench.Comparison.Load;

/// <summary>As much of HTTP/1.1 as a reply of Kestrel's with a known length needs.</summary>
internal readonly ref struct HttpReply
{
    private HttpReply(int status, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        Status = status;
        Head = head;
        Body = body;
    }

    public int Status { get; }

    /// <summary>Status line and headers.</summary>
    public ReadOnlySpan<byte> Head { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Reads a reply; false while some of it has yet to come.</summary>
    public static bool TryParse(ReadOnlySpan<byte> received, out HttpReply reply)
    {
        reply = default;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = received[..(end + 2)];
        var length = head.IndexOf("\r\nContent-Length: "u8);
        if (length < 0
            || !Utf8Parser.TryParse(head[(length + 18)..], out int bytes, out _)
            || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new InvalidDataException("A reply has no length.");
        }

        var body = received[(end + 4)..];
        if (body.Length < bytes)
        {
            return false;
        }

        reply = new HttpReply(status, head, body[..bytes]);
        return true;
    }
}
