using System.Buffers;
using System.Buffers.Text;

namespace Orleans.Redis;

/// <summary>
/// Reads replies from bytes that may end anywhere. Nothing is allocated for a reply that is not there in full,
/// so a length that a peer only claims costs nothing.
/// </summary>
internal static class RespParser
{
    /// <summary>The most bytes one reply may take.</summary>
    public const int MaxReplyBytes = 64 << 20;

    private const int MaxItems = 1 << 20;
    private const int MaxLineBytes = 64 << 10;
    private const int MaxNumberBytes = 20;
    private const int MaxDepth = 16;

    /// <summary>Takes one reply off the front of the buffer.</summary>
    /// <returns>False if more bytes are needed; the buffer is then untouched.</returns>
    /// <exception cref="RedisProtocolException">The bytes are not RESP, or go beyond a limit.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out RespValue value)
    {
        var reader = new SequenceReader<byte>(buffer);
        var end = reader;
        if (TrySkip(ref end, depth: 0))
        {
            value = Read(ref reader);
            buffer = buffer.Slice(reader.Position);
            return true;
        }

        if (buffer.Length > MaxReplyBytes)
            throw new RedisProtocolException("A reply is too long.");
        value = default;
        return false;
    }

    /// <summary>Moves past one reply, attributes before it included; false if it is not there in full.</summary>
    private static bool TrySkip(ref SequenceReader<byte> reader, int depth)
    {
        if (depth > MaxDepth)
            throw new RedisProtocolException("A reply is nested too deeply.");
        if (!reader.TryRead(out var type))
            return false;

        switch (type)
        {
            case (byte)'$' or (byte)'!' or (byte)'=':
                return TryReadNumber(ref reader, out var length) && TrySkipBlob(ref reader, Length(length, MaxReplyBytes));

            case (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|':
                if (!TryReadNumber(ref reader, out var count))
                    return false;
                for (var remaining = Length(count, MaxItems) * Width(type); remaining > 0; remaining--)
                {
                    if (!TrySkip(ref reader, depth + 1))
                        return false;
                }

                return type != '|' || TrySkip(ref reader, depth + 1);

            case (byte)':':
                return TryReadNumber(ref reader, out _);

            case (byte)'+' or (byte)'-' or (byte)'_' or (byte)'#' or (byte)',' or (byte)'(':
                return TryReadLine(ref reader, MaxLineBytes, out _);

            default:
                throw new RedisProtocolException("A reply begins with an unknown type.");
        }
    }

    private static bool TrySkipBlob(ref SequenceReader<byte> reader, long length)
    {
        if (length < 0)
            return true;
        if (reader.Remaining < length + 2)
            return false;
        reader.Advance(length);
        return reader.IsNext("\r\n"u8, advancePast: true) ? true : throw new RedisProtocolException("A string does not end where its length says.");
    }

    /// <summary>Reads a reply known to be there in full.</summary>
    private static RespValue Read(ref SequenceReader<byte> reader)
    {
        reader.TryRead(out var type);
        switch (type)
        {
            case (byte)'$':
                return ReadBlob(ref reader, RespKind.Bulk);
            case (byte)'!':
                return ReadBlob(ref reader, RespKind.Error);
            case (byte)'=':
                var verbatim = ReadBlob(ref reader, RespKind.Bulk);
                return verbatim.Bytes is { Length: >= 4 } bytes ? RespValue.OfBytes(RespKind.Bulk, bytes[4..]) : verbatim;
            case (byte)'*' or (byte)'~' or (byte)'%':
                return ReadItems(ref reader, RespKind.Array, Width(type));
            case (byte)'>':
                return ReadItems(ref reader, RespKind.Push, Width(type));
            case (byte)'|':
                ReadItems(ref reader, RespKind.Array, Width(type));
                return Read(ref reader);
            case (byte)':':
                TryReadNumber(ref reader, out var integer);
                return RespValue.OfInteger(integer);
        }

        TryReadLine(ref reader, MaxLineBytes, out var line);
        return type switch
        {
            (byte)'_' => RespValue.Null,
            (byte)'#' => RespValue.OfInteger(line.SequenceEqual("t"u8) ? 1 : 0),
            (byte)'-' => RespValue.OfBytes(RespKind.Error, line.ToArray()),
            _ => RespValue.OfBytes(RespKind.Text, line.ToArray()),
        };
    }

    private static RespValue ReadBlob(ref SequenceReader<byte> reader, RespKind kind)
    {
        TryReadNumber(ref reader, out var length);
        if (length < 0)
            return RespValue.Null;
        var bytes = length == 0 ? [] : GC.AllocateUninitializedArray<byte>((int)length);
        reader.TryCopyTo(bytes);
        reader.Advance(length + 2);
        return RespValue.OfBytes(kind, bytes);
    }

    private static RespValue ReadItems(ref SequenceReader<byte> reader, RespKind kind, int width)
    {
        TryReadNumber(ref reader, out var count);
        if (count < 0)
            return RespValue.Null;
        var items = count == 0 ? [] : new RespValue[count * width];
        for (var i = 0; i < items.Length; i++)
            items[i] = Read(ref reader);
        return RespValue.OfItems(kind, items);
    }

    private static int Width(byte type) => type is (byte)'%' or (byte)'|' ? 2 : 1;

    /// <summary>The length as it is; -1 stands for null.</summary>
    private static long Length(long length, long limit) =>
        length >= -1 && length <= limit ? length : throw new RedisProtocolException("A length is out of range.");

    private static bool TryReadNumber(ref SequenceReader<byte> reader, out long number)
    {
        number = 0;
        if (!TryReadLine(ref reader, MaxNumberBytes, out var line))
            return false;
        if (line is [(byte)'+', ..])
            line = line[1..];
        return Utf8Parser.TryParse(line, out number, out var used) && used == line.Length
            ? true
            : throw new RedisProtocolException("A number is not one.");
    }

    private static bool TryReadLine(ref SequenceReader<byte> reader, int limit, out ReadOnlySpan<byte> line)
    {
        if (reader.TryReadTo(out line, "\r\n"u8))
            return line.Length <= limit ? true : throw new RedisProtocolException("A line is too long.");
        return reader.Remaining <= limit + 1 ? false : throw new RedisProtocolException("A line does not end.");
    }
}
