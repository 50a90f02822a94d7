using System.Globalization;
using System.Text;

namespace Orleans.Redis;

/// <summary>One reply. Its text form never shows its content, which may be secret.</summary>
internal readonly struct RespValue
{
    private readonly object? _content;

    private RespValue(RespKind kind, object? content, long integer = 0)
    {
        Kind = kind;
        _content = content;
        Integer = integer;
    }

    public static RespValue Null => default;

    public RespKind Kind { get; }

    /// <summary>The number of an integer reply (a RESP3 boolean is 0 or 1).</summary>
    public long Integer { get; }

    public bool IsNull => Kind == RespKind.Null;

    /// <summary>The bytes of a text, error or bulk reply; null for any other.</summary>
    public byte[]? Bytes => _content as byte[];

    /// <summary>The members of an array or push; empty for any other.</summary>
    public RespValue[] Items => _content as RespValue[] ?? [];

    public static RespValue OfInteger(long value) => new(RespKind.Integer, content: null, value);

    public static RespValue OfBytes(RespKind kind, byte[] bytes) => new(kind, bytes);

    public static RespValue OfItems(RespKind kind, RespValue[] items) => new(kind, items);

    /// <summary>The reply's bytes as UTF-8, an integer in decimal; null for a null or an array.</summary>
    public string? AsText() => _content switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        null when Kind == RespKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    public override string ToString() => _content switch
    {
        byte[] bytes => $"{Kind} of {bytes.Length} bytes",
        RespValue[] items => $"{Kind} of {items.Length}",
        _ => Kind.ToString(),
    };
}
