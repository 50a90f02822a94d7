using System.Collections.Immutable;
using System.Security.Cryptography;
using Otp.Keys;

namespace Otp.Grains.Tests.Settings;

public sealed class SealTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private readonly Seal _seal = new(RandomNumberGenerator.Create());

    [Fact]
    public void What_is_sealed_opens_with_its_key_at_its_place()
    {
        var box = _seal.Close(Key, "jane"u8, "here");

        Assert.Equal("jane"u8, Seal.Open(Key, box, "here"));
        Assert.True(box.AsSpan().IndexOf("jane"u8) < 0);
    }

    [Fact]
    public void Another_key_another_place_or_a_changed_byte_opens_nothing()
    {
        var box = _seal.Close(Key, "jane"u8, "here");
        var changed = box.SetItem(box.Length - 1, (byte)~box[^1]);

        Assert.ThrowsAny<CryptographicException>(() => Seal.Open(RandomNumberGenerator.GetBytes(32), box, "here"));
        Assert.ThrowsAny<CryptographicException>(() => Seal.Open(Key, box, "there"));
        Assert.ThrowsAny<CryptographicException>(() => Seal.Open(Key, changed, "here"));
    }

    [Fact]
    public void What_an_earlier_build_sealed_with_a_random_nonce_opens()
    {
        var (nonce, text, tag) = (RandomNumberGenerator.GetBytes(12), new byte[4], new byte[16]);
        using var aes = new AesGcm(Key, tag.Length);
        aes.Encrypt(nonce, "jane"u8, text, tag, "here"u8);

        Assert.Equal("jane"u8, Seal.Open(Key, [.. nonce, .. text, .. tag], "here"));
        Assert.ThrowsAny<CryptographicException>(() => Seal.Open(Key, [.. nonce, .. text, .. tag], "there"));
    }

    [Fact]
    public void Each_box_has_a_key_of_its_own_so_that_no_two_nonces_meet_under_one()
    {
        var box = _seal.Close(Key, "jane"u8, "here");
        using var aes = new AesGcm(HMACSHA256.HashData(Key, box.AsSpan()[..16]), 16);
        var plain = new byte[4];

        aes.Decrypt(new byte[12], box.AsSpan()[16..20], box.AsSpan()[20..], plain, "here"u8);

        Assert.Equal("jane"u8, plain);
        Assert.Equal(4 + Seal.Overhead, box.Length);
    }

    [Fact]
    public void The_same_text_never_looks_the_same()
    {
        Assert.NotEqual(Sealed(), Sealed());

        string Sealed() => Convert.ToHexString([.. _seal.Close(Key, "jane"u8, "here")]);
    }
}
