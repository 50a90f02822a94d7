namespace Orleans.Serialization;

/// <summary>Integers and what is kept as one.</summary>
internal sealed class VarintCodec<T>(Func<T, ulong> to, Func<ulong, T> from) : Codec<T>
{
    internal override WireKind Kind => WireKind.Varint;

    internal override void Write(WireWriter writer, T value) => writer.WriteVarint(to(value));

    internal override T Read(WireReader reader)
    {
        try
        {
            return from(reader.ReadVarint());
        }
        catch (OverflowException exception)
        {
            throw new MalformedMessageException($"A number is out of range for {typeof(T).Name}.", exception);
        }
    }
}
