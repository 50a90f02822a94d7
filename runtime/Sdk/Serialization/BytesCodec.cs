namespace Orleans.Serialization;

/// <summary>Texts, byte arrays and what is kept as one.</summary>
internal sealed class BytesCodec<T>(Action<WireWriter, T> write, Func<WireReader, T> read) : Codec<T>
{
    internal override WireKind Kind => WireKind.Bytes;

    internal override void Write(WireWriter writer, T value) => write(writer, value);

    internal override T Read(WireReader reader) => read(reader);
}
