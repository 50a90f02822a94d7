using System.Buffers;
using System.Globalization;

namespace Orleans.Redis;

/// <summary>Writes commands as arrays of bulk strings.</summary>
internal static class RespWriter
{
    /// <summary>A type, at most ten digits and a line end.</summary>
    private const int MaxHeader = 13;

    public static void WriteCommand(IBufferWriter<byte> output, params ReadOnlySpan<RedisArgument> words)
    {
        var size = MaxHeader;
        foreach (ref readonly var word in words)
            size += MaxHeader + word.MaxLength + 2;

        var target = output.GetSpan(size);
        var used = WriteHeader(target, (byte)'*', words.Length);
        foreach (ref readonly var word in words)
        {
            used += WriteHeader(target[used..], (byte)'$', word.Length);
            used += word.CopyTo(target[used..]);
            used += WriteLineEnd(target[used..]);
        }

        output.Advance(used);
    }

    private static int WriteHeader(Span<byte> target, byte type, int number)
    {
        target[0] = type;
        number.TryFormat(target[1..], out var digits, provider: CultureInfo.InvariantCulture);
        return 1 + digits + WriteLineEnd(target[(1 + digits)..]);
    }

    private static int WriteLineEnd(Span<byte> target)
    {
        "\r\n"u8.CopyTo(target);
        return 2;
    }
}
