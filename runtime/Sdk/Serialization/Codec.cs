namespace Orleans.Serialization;

/// <summary>Writes and reads values of one type, boxed; <see cref="Codec{T}"/> does so unboxed.</summary>
internal abstract class Codec
{
    internal abstract WireKind Kind { get; }

    /// <summary>Writes a field, or nothing if the value is the type's default.</summary>
    internal abstract void WriteObject(WireWriter writer, uint field, object? value);

    internal abstract object? ReadObject(WireReader reader);

    /// <summary>Refuses a field that was written as a value of another kind.</summary>
    internal void Expect(WireKind kind)
    {
        if (kind != Kind)
        {
            throw new MalformedMessageException($"A field holds a {kind}, not a {Kind}.");
        }
    }
}
