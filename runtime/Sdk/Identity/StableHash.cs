using System.Buffers.Binary;

namespace Orleans.Runtime;

/// <summary>A hash of bytes that is the same in every process: names are spread over silos by it.</summary>
internal static class StableHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    internal static int Compute(ReadOnlySpan<byte> bytes)
    {
        var hash = Compute64(bytes);
        return unchecked((int)(hash ^ (hash >> 32)));
    }

    internal static ulong Compute64(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length * Multiplier;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        var rest = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(hash ^ rest);
    }

    /// <summary>Spreads every bit over all others.</summary>
    internal static ulong Mix(ulong value)
    {
        value *= Multiplier;
        value ^= value >> 29;
        value *= 0xBF58476D1CE4E5B9;
        return value ^ (value >> 32);
    }
}
