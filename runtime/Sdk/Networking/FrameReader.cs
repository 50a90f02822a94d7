using System.Buffers.Binary;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>Cuts a stream into frames.</summary>
internal sealed class FrameReader(Stream stream)
{
    private const int KeptCapacity = 64 * 1024;

    private readonly WireReader _reader = new();
    private byte[] _buffer = [];
    private int _start;
    private int _end;

    /// <summary>How many bytes are read at once. Little for strangers; a stream of calls needs more.</summary>
    internal int Capacity { get; set; } = 1024;

    /// <summary>How often bytes have come.</summary>
    internal int Reads { get; private set; }

    /// <summary>The next frame, from its kind on; null at the end of the stream. It is valid until the next call.</summary>
    /// <param name="maxLength">The longest frame that is taken.</param>
    /// <exception cref="MalformedMessageException">The frame is too long, empty or cut off.</exception>
    internal async ValueTask<WireReader?> NextAsync(int maxLength, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var needed = sizeof(int);
            if (_end - _start >= sizeof(int))
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
                if (length < 1 || length > maxLength)
                {
                    throw new MalformedMessageException($"A frame claims {length} bytes; at most {maxLength} are taken.");
                }

                needed += length;
                if (_end - _start >= needed)
                {
                    _reader.Reset(_buffer, _start + sizeof(int), length);
                    _start += needed;
                    return _reader;
                }
            }

            MakeRoom(needed);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return _start == _end ? null : throw new MalformedMessageException("The connection ended within a frame.");
            }

            _end += read;
            Reads++;
        }
    }

    // What is left of the buffer's content moves to its front, or to another buffer: a larger one for a long frame, the usual one after it.
    private void MakeRoom(int needed)
    {
        var kept = _buffer.AsSpan(_start.._end);
        var isOversized = _buffer.Length > KeptCapacity && Math.Max(needed, kept.Length) < Capacity;
        if (_buffer.Length < Math.Max(needed, Capacity) || isOversized)
        {
            _buffer = new byte[Math.Max(needed, Capacity)];
        }

        kept.CopyTo(_buffer);
        _end = kept.Length;
        _start = 0;
    }
}
