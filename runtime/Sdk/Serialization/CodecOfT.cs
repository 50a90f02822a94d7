namespace Orleans.Serialization;

/// <summary>Writes and reads values of one type.</summary>
internal abstract class Codec<T> : Codec
{
    /// <summary>Whether a field of this value is left out: whoever reads gets the default all the same.</summary>
    internal virtual bool IsDefault(T value) => EqualityComparer<T>.Default.Equals(value, default);

    internal abstract void Write(WireWriter writer, T value);

    internal abstract T Read(WireReader reader);

    internal void WriteField(WireWriter writer, uint field, T value)
    {
        if (!IsDefault(value))
        {
            writer.WriteHeader(field, Kind);
            Write(writer, value);
        }
    }

    internal sealed override void WriteObject(WireWriter writer, uint field, object? value) => WriteField(writer, field, (T)value!);

    internal sealed override object? ReadObject(WireReader reader) => Read(reader);
}
