using System.Security.Cryptography;

namespace Otp.Keys;

/// <summary>
/// HMAC-SHA-256 under one key for many inputs: each thread keeps the hash made ready with the key, which takes OpenSSL longer than the
/// hashing itself.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process, as its key does.
public sealed class KeyedHash(byte[] key)
#pragma warning restore CA1001
{
    /// <summary>The size of a hash, in bytes.</summary>
    public const int Size = HMACSHA256.HashSizeInBytes;

    private readonly ThreadLocal<HMACSHA256> _hash = new(() => new HMACSHA256(key));

    /// <summary>Hashes <paramref name="input"/> into the first <see cref="Size"/> bytes of <paramref name="output"/>.</summary>
    public void Compute(ReadOnlySpan<byte> input, Span<byte> output)
    {
        if (!_hash.Value!.TryComputeHash(input, output, out _))
        {
            throw new ArgumentException($"A hash takes {Size} bytes.", nameof(output));
        }
    }
}
