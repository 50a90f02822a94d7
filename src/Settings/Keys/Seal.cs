using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Otp.Keys;

/// <summary>Authenticated encryption (AES-256-GCM), bound to a place: of the personal data in a record, to where it is stored.</summary>
/// <remarks>
/// Each box has a key of its own, derived from the given one and a random salt: so one key may seal any number of boxes, and not only the 2^32
/// for which random nonces are safe. <see cref="Open"/> also reads boxes of an earlier build, which had a nonce in place of the salt.
/// </remarks>
public sealed class Seal(RandomNumberGenerator random)
{
    /// <summary>How much longer a box is than what is in it, in bytes.</summary>
    public const int Overhead = SaltSize + TagSize;

    private const int SaltSize = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Encrypts <paramref name="plain"/>: salt, ciphertext, tag.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="place">Where it belongs, such as the key of the grain that stores it. It cannot be opened for another place.</param>
    public ImmutableArray<byte> Close(byte[] key, ReadOnlySpan<byte> plain, string place)
    {
        var box = new byte[SaltSize + plain.Length + TagSize];
        var salt = box.AsSpan(0, SaltSize);
        random.GetBytes(salt);
        using var aes = new AesGcm(HMACSHA256.HashData(key, salt), TagSize);
        aes.Encrypt(stackalloc byte[NonceSize], plain, box.AsSpan(SaltSize, plain.Length), box.AsSpan(SaltSize + plain.Length), Encoding.UTF8.GetBytes(place));
        return ImmutableCollectionsMarshal.AsImmutableArray(box);
    }

    /// <summary>Decrypts what <see cref="Close"/> made.</summary>
    /// <exception cref="CryptographicException">The key or the place differs, or the box was changed.</exception>
    public static byte[] Open(byte[] key, ImmutableArray<byte> box, string place)
    {
        var bytes = box.AsSpan();
        try
        {
            return Decrypt(HMACSHA256.HashData(key, bytes[..SaltSize]), stackalloc byte[NonceSize], bytes[SaltSize..], place);
        }
        catch (AuthenticationTagMismatchException)
        {
            return Decrypt(key, bytes[..NonceSize], bytes[NonceSize..], place);
        }
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedBytes, string place)
    {
        var plain = new byte[sealedBytes.Length - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(nonce, sealedBytes[..^TagSize], sealedBytes[^TagSize..], plain, Encoding.UTF8.GetBytes(place));
        return plain;
    }
}
