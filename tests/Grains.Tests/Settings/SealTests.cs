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
    public void The_same_text_never_looks_the_same()
    {
        Assert.NotEqual(Sealed(), Sealed());

        string Sealed() => Convert.ToHexString([.. _seal.Close(Key, "jane"u8, "here")]);
    }
}
