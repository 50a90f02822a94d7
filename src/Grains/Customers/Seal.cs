using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Customers;

/// <summary>Authenticated encryption (AES-256-GCM) of the personal data in a record, bound to the place where it is stored.</summary>
public sealed class Seal(RandomNumberGenerator random)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Encrypts <paramref name="plain"/>: nonce, ciphertext, tag.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="plain">The data.</param>
    /// <param name="place">The key of the grain that stores it. It cannot be opened for another one.</param>
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
    /// <exception cref="CryptographicException">The key or the place differs, or the record was changed.</exception>
    public static byte[] Open(byte[] key, ImmutableArray<byte> box, string place)
    {
        var bytes = box.AsSpan();
        var plain = new byte[bytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(bytes[..NonceSize], bytes[NonceSize..^TagSize], bytes[^TagSize..], plain, Encoding.UTF8.GetBytes(place));
        return plain;
    }
}
