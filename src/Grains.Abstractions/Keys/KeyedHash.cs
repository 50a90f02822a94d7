using System.Security.Cryptography;

namespace Otp.Keys;

/// <summary>HMAC-SHA-256 under one key. Each thread keeps an HMAC with the key: giving it the key takes longer than hashing.</summary>
#pragma warning disable CA1001 // It lives as long as the process, as its key does.
public sealed class KeyedHash(byte[] key)
#pragma warning restore CA1001
{
    /// <summary>The size of a hash, in bytes.</summary>
    public const int Size = HMACSHA256.HashSizeInBytes;

    private readonly ThreadLocal<HMACSHA256> _hmac = new(() => new HMACSHA256(key));

    /// <summary>Hashes <paramref name="input"/> into <paramref name="output"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="output"/> has fewer than <see cref="Size"/> bytes.</exception>
    public void Compute(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (!_hmac.Value!.TryComputeHash(input, output, out _))
        {
            throw new ArgumentException($"A hash takes {Size} bytes.", nameof(output));
        }
    }
}
