namespace Orleans.Serialization;

/// <summary>Floating-point numbers, by their bits.</summary>
internal sealed class Fixed64Codec<T>(Func<T, ulong> to, Func<ulong, T> from) : Codec<T>
{
    internal override WireKind Kind => WireKind.Fixed64;

    // By bits: negative zero equals the default but is not it.
    internal override bool IsDefault(T value) => to(value) == 0;

    internal override void Write(WireWriter writer, T value) => writer.WriteFixed64(to(value));

    internal override T Read(WireReader reader) => from(reader.ReadFixed64());
}
