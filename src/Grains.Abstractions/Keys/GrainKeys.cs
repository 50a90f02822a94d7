using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Otp.Keys;

/// <summary>
/// Keys of grains about a person: <c>{scope}:{base64url(HMAC-SHA-256)}</c>, where the scope is a program, or a part of one, and hashed too. Who
/// reads the storage cannot find out by guessing whose record it is, nor that two programs have a record of the same person.
/// </summary>
public static class GrainKeys
{
    private const char Separator = ':';

    /// <summary>The size of the hash in a key, in bytes.</summary>
    public const int DigestSize = KeyedHash.Size;

    // In base64url without padding.
    private const int DigestChars = 43;

    /// <summary>The grain key of <paramref name="text"/> within a scope: the same on every silo.</summary>
    public static string Compose(string scope, KeyedHash hash, string text)
    {
        var size = sizeof(int) + Encoding.UTF8.GetByteCount(scope) + Encoding.UTF8.GetByteCount(text);
        Span<byte> input = size <= 512 ? stackalloc byte[size] : new byte[size];
        var length = Encoding.UTF8.GetBytes(scope, input[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(input, length);
        Encoding.UTF8.GetBytes(text, input[(sizeof(int) + length)..]);
        Span<byte> digest = stackalloc byte[KeyedHash.Size];
        hash.Compute(input, digest);
        return Compose(scope, digest);
    }

    /// <summary>The grain key with this hash within a scope.</summary>
    public static string Compose(string scope, ReadOnlySpan<byte> digest)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        Span<char> encoded = stackalloc char[DigestChars];
        Base64Url.EncodeToChars(digest, encoded);
        return string.Concat(scope, [Separator], encoded);
    }

    /// <summary>The scope of a key that <see cref="Compose(string, KeyedHash, string)"/> made.</summary>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static ReadOnlySpan<char> ScopeOf(string key)
    {
        // The digest has no separator; a scope may have one.
        var end = key.Length - DigestChars - 1;
        return end > 0 && key[end] == Separator ? key.AsSpan(0, end) : throw new FormatException("The key does not name a hashed record.");
    }

    /// <summary>Copies the hash in a key.</summary>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static void CopyDigest(string key, Span<byte> digest) => Base64Url.DecodeFromChars(key.AsSpan(ScopeOf(key).Length + 1), digest);

    /// <summary>The first 64 bits of the hash in a key, as 16 lower-case hexadecimal digits: a short name for logs.</summary>
    public static string ShortNameOf(string key)
    {
        Span<byte> digest = stackalloc byte[DigestSize];
        CopyDigest(key, digest);
        return Convert.ToHexStringLower(digest[..8]);
    }
}
