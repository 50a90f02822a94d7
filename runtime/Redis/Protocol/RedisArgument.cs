using System.Globalization;
using System.Text;

namespace Orleans.Redis;

/// <summary>One word of a command: raw bytes, or text that is written as UTF-8.</summary>
internal readonly struct RedisArgument
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string? _text;

    private RedisArgument(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    private RedisArgument(string text) => _text = text;

    /// <summary>An upper bound of the bytes it takes.</summary>
    public int MaxLength => _text is null ? _bytes.Length : Encoding.UTF8.GetMaxByteCount(_text.Length);

    public int Length => _text is null ? _bytes.Length : Encoding.UTF8.GetByteCount(_text);

    public static implicit operator RedisArgument(ReadOnlyMemory<byte> bytes) => new(bytes);

    public static implicit operator RedisArgument(byte[] bytes) => new(bytes);

    public static implicit operator RedisArgument(string text) => new(text);

    public static implicit operator RedisArgument(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes it to the front of <paramref name="destination"/>.</summary>
    /// <returns>The bytes written.</returns>
    public int CopyTo(Span<byte> destination)
    {
        if (_text is not null)
            return Encoding.UTF8.GetBytes(_text, destination);
        _bytes.Span.CopyTo(destination);
        return _bytes.Length;
    }

    /// <summary>Says nothing of its content, which may be secret.</summary>
    public override string ToString() => $"{Length} bytes";
}
