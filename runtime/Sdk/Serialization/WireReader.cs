using System.Buffers.Binary;
using System.Text;

namespace Orleans.Serialization;

/// <summary>Reads values from bytes that may be anything: every length is checked against what is left, and depth is bounded.</summary>
internal sealed class WireReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer = [];
    private int _position;
    private int _end;
    private int _depth;

    internal int Left => _end - _position;

    internal void Reset(byte[] buffer, int start, int length)
    {
        _buffer = buffer;
        _position = start;
        _end = start + length;
        _depth = 0;
    }

    internal byte ReadByte() => Take(1)[0];

    internal ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            if (shift == 63 && next > 1)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new MalformedMessageException("A number has more than 64 bits.");
    }

    internal ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>The bytes themselves, not a copy: valid until the reader's buffer is used again.</summary>
    internal ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        return length <= (uint)Left ? Take((int)length) : throw Truncated();
    }

    /// <summary>All that is left; like <see cref="ReadBytes"/> not a copy.</summary>
    internal ReadOnlySpan<byte> ReadRest() => Take(Left);

    internal string ReadString()
    {
        try
        {
            return StrictUtf8.GetString(ReadBytes());
        }
        catch (DecoderFallbackException exception)
        {
            throw new MalformedMessageException("A text is not UTF-8.", exception);
        }
    }

    /// <summary>The next field of a group; false at the group's end.</summary>
    internal bool TryReadHeader(out uint field, out WireKind kind)
    {
        var header = ReadVarint();
        kind = (WireKind)(header & 3);
        field = header >> 2 <= int.MaxValue ? (uint)(header >> 2) : throw new MalformedMessageException("A field's number is out of range.");
        return header == 0 ? false : field != 0 ? true : throw new MalformedMessageException("A field has no number.");
    }

    internal void BeginGroup()
    {
        if (++_depth > WireWriter.MaxDepth)
        {
            throw new MalformedMessageException($"A message nests deeper than {WireWriter.MaxDepth} levels.");
        }
    }

    internal void EndGroup() => _depth--;

    /// <summary>Passes over a value of a field that this version does not know.</summary>
    internal void Skip(WireKind kind)
    {
        switch (kind)
        {
            case WireKind.Varint:
                ReadVarint();
                break;
            case WireKind.Fixed64:
                ReadFixed64();
                break;
            case WireKind.Bytes:
                ReadBytes();
                break;
            default:
                BeginGroup();
                while (TryReadHeader(out _, out var inner))
                {
                    Skip(inner);
                }

                EndGroup();
                break;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (Left < count)
        {
            throw Truncated();
        }

        var taken = _buffer.AsSpan(_position, count);
        _position += count;
        return taken;
    }

    private static MalformedMessageException Truncated() => new("A message ends before its end.");
}
