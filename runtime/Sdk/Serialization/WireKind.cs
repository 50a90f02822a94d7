namespace Orleans.Serialization;

/// <summary>How the end of a value is found by somebody who does not know its type.</summary>
internal enum WireKind
{
    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow. At most ten bytes.</summary>
    Varint = 0,

    /// <summary>Eight bytes, the lowest first.</summary>
    Fixed64 = 1,

    /// <summary>A length (varint) and as many bytes.</summary>
    Bytes = 2,

    /// <summary>Fields, each a header and a value, up to a zero in the place of a header.</summary>
    Group = 3,
}
