using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Keys;

/// <summary>Authenticated encryption (AES-256-GCM), bound to a place: of the personal data in a record, to where it is stored.</summary>
public sealed class Seal(RandomNumberGenerator random)
{
    /// <summary>How much longer a box is than what is in it, in bytes.</summary>
    public const int Overhead = NonceSize + TagSize;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Encrypts <paramref name="plain"/>: nonce, ciphertext, tag.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="place">Where it belongs, such as the key of the grain that stores it. It cannot be opened for another place.</param>
    public ImmutableArray<byte> Close(byte[] key, ReadOnlySpan<byte> plain, string place)
    {
        var box = new byte[NonceSize + plain.Length + TagSize];
        var nonce = box.AsSpan(0, NonceSize);
        random.GetBytes(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(NonceSize, plain.Length), box.AsSpan(NonceSize + plain.Length), Encoding.UTF8.GetBytes(place));
        return ImmutableCollectionsMarshal.AsImmutableArray(box);
    }

    /// <summary>Decrypts what <see cref="Close"/> made.</summary>
    /// <exception cref="CryptographicException">The key or the place differs, or the box was changed.</exception>
    public static byte[] Open(byte[] key, ImmutableArray<byte> box, string place)
    {
        var bytes = box.AsSpan();
        var plain = new byte[bytes.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(bytes[..NonceSize], bytes[NonceSize..^TagSize], bytes[^TagSize..], plain, Encoding.UTF8.GetBytes(place));
        return plain;
    }
}
