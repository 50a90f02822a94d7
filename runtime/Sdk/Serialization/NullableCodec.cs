namespace Orleans.Serialization;

/// <summary>Values that may be missing; a default that is not missing is written.</summary>
internal sealed class NullableCodec<T>(Codec<T> value) : Codec<T?>
    where T : struct
{
    internal override WireKind Kind => value.Kind;

    internal override bool IsDefault(T? value) => value is null;

    internal override void Write(WireWriter writer, T? item) => value.Write(writer, item!.Value);

    internal override T? Read(WireReader reader) => value.Read(reader);
}
