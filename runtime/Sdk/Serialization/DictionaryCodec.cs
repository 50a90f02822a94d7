namespace Orleans.Serialization;

/// <summary>Dictionaries: a group of keys, each followed by its value.</summary>
internal sealed class DictionaryCodec<TKey, TValue>(Codec<TKey> key, Codec<TValue> value) : Codec<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    internal override WireKind Kind => WireKind.Group;

    internal override void Write(WireWriter writer, Dictionary<TKey, TValue> entries)
    {
        writer.BeginGroup();
        foreach (var entry in entries)
        {
            writer.WriteHeader(Items.Key, key.Kind);
            key.Write(writer, entry.Key);
            Items.Write(writer, value, entry.Value);
        }

        writer.EndGroup();
    }

    internal override Dictionary<TKey, TValue> Read(WireReader reader)
    {
        var entries = new Dictionary<TKey, TValue>();
        reader.BeginGroup();
        while (reader.TryReadHeader(out var field, out var kind))
        {
            key.Expect(field == Items.Key ? kind : throw new MalformedMessageException("A dictionary has a value without a key."));
            var entryKey = key.Read(reader);
            if (!reader.TryReadHeader(out field, out kind))
            {
                throw new MalformedMessageException("A dictionary has a key without a value.");
            }

            entries[entryKey] = Items.Read(reader, value, field, kind);
        }

        reader.EndGroup();
        return entries;
    }
}
