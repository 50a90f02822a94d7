using System.Buffers.Binary;
using System.Text;

namespace Orleans.Serialization;

/// <summary>Bytes that are being written; used again and again by one thread.</summary>
internal sealed class WireWriter
{
    /// <summary>How deep groups may lie in one another.</summary>
    internal const int MaxDepth = 64;

    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static WireWriter? _ofThread;

    private byte[] _buffer = new byte[512];
    private int _length;
    private int _depth;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal int Length => _length;

    /// <summary>This thread's own writer, empty. It is the caller's until the next call of this.</summary>
    internal static WireWriter OfThread()
    {
        var writer = _ofThread ??= new();
        writer._length = 0;
        writer._depth = 0;
        if (writer._buffer.Length > KeptCapacity)
        {
            writer._buffer = new byte[512];
        }

        return writer;
    }

    internal void WriteByte(byte value) => Take(1)[0] = value;

    internal void WriteVarint(ulong value)
    {
        var space = Reserve(10);
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            space[i++] = (byte)(value | 0x80);
        }

        space[i++] = (byte)value;
        _length += i;
    }

    internal void WriteFixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    internal void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVarint((uint)value.Length);
        value.CopyTo(Take(value.Length));
    }

    internal void WriteString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVarint((uint)length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Starts a field; numbers begin at 1.</summary>
    internal void WriteHeader(uint field, WireKind kind) => WriteVarint(((ulong)field << 2) | (uint)kind);

    internal void BeginGroup()
    {
        if (++_depth > MaxDepth)
        {
            throw new NotSupportedException($"A message nests deeper than {MaxDepth} levels.");
        }
    }

    internal void EndGroup()
    {
        _depth--;
        WriteByte(0);
    }

    /// <summary>Leaves room for a length, which <see cref="EndFrame"/> fills in.</summary>
    internal int BeginFrame()
    {
        var start = _length;
        Take(sizeof(int));
        return start;
    }

    internal void EndFrame(int start) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start), _length - start - sizeof(int));

    /// <summary>Forgets all that was written from a place on.</summary>
    internal void Truncate(int length)
    {
        _length = length;
        _depth = 0;
    }

    private Span<byte> Take(int count)
    {
        var space = Reserve(count);
        _length += count;
        return space[..count];
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(_length + count)));
        }

        return _buffer.AsSpan(_length);
    }
}
