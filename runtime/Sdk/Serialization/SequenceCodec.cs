namespace Orleans.Serialization;

/// <summary>Lists and arrays: a group with a field for each item. There is no count, so none can lie.</summary>
internal sealed class SequenceCodec<TSequence, TItem>(Codec<TItem> item, Func<TSequence, IReadOnlyList<TItem>> items, Func<List<TItem>, TSequence> make)
    : Codec<TSequence>
{
    internal override WireKind Kind => WireKind.Group;

    internal override void Write(WireWriter writer, TSequence value)
    {
        writer.BeginGroup();
        var all = items(value);
        for (var i = 0; i < all.Count; i++)
        {
            Items.Write(writer, item, all[i]);
        }

        writer.EndGroup();
    }

    internal override TSequence Read(WireReader reader)
    {
        var list = new List<TItem>();
        reader.BeginGroup();
        while (reader.TryReadHeader(out var field, out var kind))
        {
            list.Add(Items.Read(reader, item, field, kind));
        }

        reader.EndGroup();
        return make(list);
    }
}
