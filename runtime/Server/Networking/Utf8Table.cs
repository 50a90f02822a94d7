using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Values by names in UTF-8, found without making a string.</summary>
internal sealed class Utf8Table<T>
{
    private readonly Dictionary<byte[], T> _values = new(Comparer.Instance);

    /// <summary>Adds a value; false if the name is taken.</summary>
    internal bool TryAdd(byte[] name, T value) => _values.TryAdd(name, value);

    internal bool TryGet(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out T value) =>
        _values.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out value);

    private sealed class Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        internal static readonly Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => StableHash.Compute(obj);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate) => StableHash.Compute(alternate);
    }
}
