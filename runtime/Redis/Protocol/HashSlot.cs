namespace Orleans.Redis;

/// <summary>
/// The slot of a key in a Redis Cluster: CRC-16/XMODEM of the key, or of what stands between its first <c>{</c> and the next <c>}</c>
/// if that is not empty, modulo 16384.
/// </summary>
internal static class HashSlot
{
    public const int Count = 16384;

    private static readonly ushort[] Table = CreateTable();

    public static int Of(ReadOnlySpan<byte> key)
    {
        var crc = 0;
        foreach (var value in HashTag(key))
            crc = ((crc << 8) ^ Table[((crc >> 8) ^ value) & 0xFF]) & 0xFFFF;
        return crc % Count;
    }

    private static ReadOnlySpan<byte> HashTag(ReadOnlySpan<byte> key)
    {
        var open = key.IndexOf((byte)'{');
        if (open < 0)
            return key;
        var length = key[(open + 1)..].IndexOf((byte)'}');
        return length > 0 ? key.Slice(open + 1, length) : key;
    }

    private static ushort[] CreateTable()
    {
        const int Polynomial = 0x1021;
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var crc = i << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ Polynomial : crc << 1;
            table[i] = (ushort)crc;
        }

        return table;
    }
}
