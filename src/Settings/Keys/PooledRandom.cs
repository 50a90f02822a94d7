using System.Security.Cryptography;

namespace Otp.Keys;

/// <summary>
/// The system's generator, asked for many small needs at a time: a call for 16 bytes takes a microsecond of entering and leaving OpenSSL,
/// one for a thousand little more. What was given out is wiped from the pool.
/// </summary>
internal sealed class PooledRandom : RandomNumberGenerator
{
    private const int PoolSize = 1_024;
    private const int LargestSmall = 64;

    [ThreadStatic]
    private static byte[]? _pool;

    [ThreadStatic]
    private static int _left;

    public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

    public override void GetBytes(Span<byte> data)
    {
        if (data.Length > LargestSmall)
        {
            Fill(data);
            return;
        }

        var pool = _pool ??= new byte[PoolSize];
        if (_left < data.Length)
        {
            Fill(pool);
            _left = PoolSize;
        }

        _left -= data.Length;
        var taken = pool.AsSpan(_left, data.Length);
        taken.CopyTo(data);
        taken.Clear();
    }
}
