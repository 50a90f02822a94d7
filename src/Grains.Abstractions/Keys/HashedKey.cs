using System.Buffers.Text;
using System.Text;

namespace Otp.Keys;

/// <summary>
/// Grain keys that name a record about a person without naming the person: <c>{scope}:{base64url(keyed hash)}</c>, where the scope is a
/// program, or a part of one. Keyed, so that whoever reads the storage cannot find out by guessing whose record a key names.
/// </summary>
public static class HashedKey
{
    private const char Separator = ':';
    private const int MaxStackBytes = 512;

    // 32 bytes in base64url without padding.
    private const int DigestChars = 43;

    /// <summary>The key of <paramref name="text"/> within a scope: different in every scope, the same on every silo.</summary>
    public static string Compose(string scope, KeyedHash hash, string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = size <= MaxStackBytes ? stackalloc byte[MaxStackBytes] : new byte[size];
        Span<byte> digest = stackalloc byte[KeyedHash.Size];
        hash.Compute(bytes[..Encoding.UTF8.GetBytes(text, bytes)], digest);
        Span<char> encoded = stackalloc char[DigestChars];
        Base64Url.EncodeToChars(digest, encoded);
        return string.Concat(scope, [Separator], encoded);
    }

    /// <summary>The scope of a key that <see cref="Compose"/> made.</summary>
    /// <exception cref="FormatException">It is not such a key.</exception>
    public static ReadOnlySpan<char> ScopeOf(string key)
    {
        // The digest holds no separator; a scope may.
        var end = key.Length - DigestChars - 1;
        return end > 0 && key[end] == Separator ? key.AsSpan(0, end) : throw new FormatException("The key does not name a hashed record.");
    }

    /// <summary>The first 64 bits of the hash in a key, as 16 lower-case hexadecimal digits: a short name for logs.</summary>
    public static string ShortNameOf(string key)
    {
        Span<byte> digest = stackalloc byte[KeyedHash.Size];
        Base64Url.DecodeFromChars(key.AsSpan(ScopeOf(key).Length + 1), digest);
        return Convert.ToHexStringLower(digest[..8]);
    }
}
