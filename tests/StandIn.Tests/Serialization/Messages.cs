using System.Collections.Immutable;

namespace Orleans.StandIn.Serialization;

public enum Colour : byte
{
    None,
    Red = 200,
}

[GenerateSerializer, Immutable, Alias("test.everything")]
public sealed record Everything(
    [property: Id(0)] string? Text,
    [property: Id(1)] Guid Guid,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] TimeSpan Span,
    [property: Id(4)] long Long,
    [property: Id(5)] ulong Unsigned,
    [property: Id(6)] double Double,
    [property: Id(7)] float Float,
    [property: Id(8)] bool Bool,
    [property: Id(9)] char Char,
    [property: Id(10)] Colour Colour,
    [property: Id(11)] int? Maybe,
    [property: Id(12)] short Short,
    [property: Id(13)] Pair Pair,
    [property: Id(14)] sbyte Small);

[GenerateSerializer, Immutable, Alias("test.pair")]
public readonly record struct Pair([property: Id(0)] int Left, [property: Id(7)] string? Right);

[GenerateSerializer, Alias("test.collections")]
public sealed class Collections
{
    [Id(0)]
    public byte[]? Bytes { get; set; }

    [Id(1)]
    public string?[]? Texts { get; set; }

    [Id(2)]
    public List<int>? Numbers { get; set; }

    [Id(3)]
    public ImmutableArray<Pair> Pairs { get; set; }

    [Id(4)]
    public Dictionary<string, int?>? Map { get; set; }

    [Id(5)]
    public ImmutableArray<byte> Blob { get; set; }
}

[GenerateSerializer, Alias("test.tree")]
public sealed class Tree
{
    [Id(0)]
    private readonly List<Tree> _branches = [];

    public List<Tree> Branches => _branches;
}

[GenerateSerializer, Alias("test.old")]
public sealed record OldForm([property: Id(0)] string Kept, [property: Id(1)] string Dropped);

[GenerateSerializer, Alias("test.new")]
public sealed record NewForm([property: Id(0)] string Kept, [property: Id(2)] int Added, [property: Id(3)] Pair[]? AddedToo);

public sealed record Unmarked(int Number);

[GenerateSerializer, Alias("test.twice")]
public sealed record Twice([property: Id(0)] int One, [property: Id(0)] int Other);
