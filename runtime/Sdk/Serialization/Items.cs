namespace Orleans.Serialization;

/// <summary>Values in a collection: each is written, the default too, and null under a field number of its own.</summary>
internal static class Items
{
    internal const uint Value = 1;
    internal const uint Null = 2;
    internal const uint Key = 3;

    internal static void Write<T>(WireWriter writer, Codec<T> codec, T value)
    {
        if (value is null)
        {
            writer.WriteHeader(Null, WireKind.Varint);
            writer.WriteVarint(0);
        }
        else
        {
            writer.WriteHeader(Value, codec.Kind);
            codec.Write(writer, value);
        }
    }

    internal static T Read<T>(WireReader reader, Codec<T> codec, uint field, WireKind kind)
    {
        switch (field)
        {
            case Value:
                codec.Expect(kind);
                return codec.Read(reader);
            case Null when default(T) is null:
                reader.Skip(kind);
                return default!;
            default:
                throw new MalformedMessageException("A collection holds something else than its items.");
        }
    }
}
