using System.Collections.Immutable;
using Orleans.Serialization;

namespace Orleans.StandIn.Serialization;

public sealed class CodecTests
{
    private static readonly Everything Full = new(
        "naïve \u0000 text",
        Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        new(2026, 11, 21, 21, 0, 0, 123, TimeSpan.FromMinutes(-210)),
        TimeSpan.MinValue,
        long.MinValue,
        ulong.MaxValue,
        -0.0,
        float.NaN,
        Bool: true,
        '€',
        Colour.Red,
        Maybe: 0,
        short.MinValue,
        new(-1, "right"),
        sbyte.MinValue);

    [Fact]
    public void Every_kind_of_member_is_read_as_it_was_written()
    {
        var copy = Copy(Full);

        Assert.Equal(Full, copy);
        Assert.Equal(Full.At.Offset, copy.At.Offset);
        Assert.True(double.IsNegative(copy.Double));
    }

    [Fact]
    public void Members_at_their_defaults_cost_nothing()
    {
        var empty = new Everything(null, default, default, default, 0, 0, 0, 0, false, '\0', default, null, 0, default, 0);

        // The empty value type among the members and the end of the group remain.
        Assert.InRange(Write(empty).Length, 1, 4);
        Assert.Equal(empty, Copy(empty));
    }

    [Fact]
    public void Collections_keep_their_items_the_order_and_what_is_null()
    {
        var copy = Copy(new Collections
        {
            Bytes = [0, 255],
            Texts = ["", null, "b"],
            Numbers = [0, -1, int.MaxValue],
            Pairs = [default, new(1, null)],
            Map = new() { [""] = null, ["zero"] = 0 },
            Blob = [1, 2, 3],
        });

        Assert.Equal([0, 255], copy.Bytes);
        Assert.Equal<string?[]>(["", null, "b"], copy.Texts!);
        Assert.Equal([0, -1, int.MaxValue], copy.Numbers);
        Assert.Equal<Pair>([default, new(1, null)], copy.Pairs);
        Assert.Equal(new() { [""] = null, ["zero"] = 0 }, copy.Map);
        Assert.Equal<byte>([1, 2, 3], copy.Blob);
    }

    [Fact]
    public void A_collection_that_is_missing_stays_missing_and_an_empty_one_empty()
    {
        Assert.Null(Copy(new Collections()).Texts);
        Assert.True(Copy(new Collections()).Pairs.IsDefault);
        Assert.Empty(Copy(new Collections { Texts = [] }).Texts!);
        Assert.Equal(ImmutableArray<Pair>.Empty, Copy(new Collections { Pairs = [] }).Pairs);
    }

    [Fact]
    public void Versions_of_a_type_read_each_other()
    {
        var newer = Read<NewForm>(Write(new OldForm("kept", "dropped")));
        var older = Read<OldForm>(Write(new NewForm("kept", 5, [new(1, "x")])));

        Assert.Equal(new NewForm("kept", 0, null), newer);
        Assert.Equal(new OldForm("kept", null!), older);
    }

    [Fact]
    public void Private_fields_and_types_that_hold_themselves_are_reached()
    {
        var tree = new Tree();
        tree.Branches.Add(new Tree());
        tree.Branches.Add(new Tree());
        tree.Branches[1].Branches.Add(new Tree());

        Assert.Equal([0, 1], Copy(tree).Branches.Select(branch => branch.Branches.Count));
    }

    [Theory]
    [InlineData(typeof(Unmarked))]
    [InlineData(typeof(object))]
    [InlineData(typeof(IReadOnlyList<int>))]
    [InlineData(typeof(List<Unmarked>))]
    public void A_type_that_was_not_made_to_travel_is_refused_by_name(Type type) =>
        Assert.Contains("cannot be sent", Assert.Throws<NotSupportedException>(() => Fault(type)).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_members_with_one_number_are_refused() => Assert.Throws<NotSupportedException>(() => Write(new Twice(1, 2)));

    [Fact]
    public void What_is_cut_off_anywhere_is_malformed()
    {
        var bytes = Write(Full);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<MalformedMessageException>(() => Read<Everything>(bytes[..length]));
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_malformed_and_nothing_else()
    {
        var random = new Random(20261121);
        var valid = Write(Full);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = i % 2 == 0 ? new byte[random.Next(200)] : [.. valid];
            random.NextBytes(bytes.AsSpan(i % 2 == 0 ? 0 : random.Next(bytes.Length)));

            if (Record.Exception(() => Read<Everything>(bytes)) is { } exception)
            {
                Assert.IsType<MalformedMessageException>(exception);
            }
        }
    }

    [Fact]
    public void A_length_that_claims_more_than_there_is_allocates_nothing()
    {
        // The field 1 as bytes, two gibibytes of them.
        byte[] bytes = [(1 << 2) | (int)WireKind.Bytes, 0x80, 0x80, 0x80, 0x80, 0x08];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<MalformedMessageException>(() => Read<Everything>(bytes));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Nesting_is_bounded_in_both_directions()
    {
        var tree = new Tree();
        for (var i = 0; i < WireWriter.MaxDepth; i++)
        {
            var parent = new Tree();
            parent.Branches.Add(tree);
            tree = parent;
        }

        Assert.Throws<NotSupportedException>(() => Write(tree));
        Assert.Throws<MalformedMessageException>(() => Read<Tree>([.. Enumerable.Repeat((byte)((1 << 2) | (int)WireKind.Group), 100_000)]));
        Assert.Throws<MalformedMessageException>(() => Read<Pair>([.. Enumerable.Repeat((byte)((5 << 2) | (int)WireKind.Group), 100_000)]));
    }

    private static T Copy<T>(T value) => Read<T>(Write(value));

    private static byte[] Write<T>(T value)
    {
        var writer = new WireWriter();
        ((Codec<T>)Codecs.Of(typeof(T))).Write(writer, value);
        return writer.Written.ToArray();
    }

    private static T Read<T>(byte[] bytes)
    {
        var reader = new WireReader();
        reader.Reset(bytes, 0, bytes.Length);
        return ((Codec<T>)Codecs.Of(typeof(T))).Read(reader);
    }

    private static Codec Fault(Type type) => Codecs.Of(type);
}
