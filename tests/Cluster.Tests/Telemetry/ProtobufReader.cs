using System.Text;

namespace Otp.Cluster.Telemetry;

/// <summary>Walks over the fields of a protobuf message.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its content, if it is a text, bytes or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Its content as a text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Its content as hexadecimal digits.</summary>
    public readonly string Hex => Convert.ToHexStringLower(Bytes);

    /// <summary>Its content, if it is a number.</summary>
    public ulong Number { get; private set; }

    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = ReadVarint();
        Field = (int)(tag >> 3);
        Bytes = default;
        switch (tag & 7)
        {
            case 0:
                Number = ReadVarint();
                break;
            case 1:
                Number = BitConverter.ToUInt64(Take(8));
                break;
            case 2:
                Bytes = Take((int)ReadVarint());
                break;
            case 5:
                Number = BitConverter.ToUInt32(Take(4));
                break;
            default:
                throw new InvalidDataException($"A field of kind {tag & 7}.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
