using System.Text;
using Orleans.Redis;

namespace Orleans.Otp.Redis.Protocol;

public sealed class HashSlotTests
{
    [Theory]
    [InlineData("123456789", 12739)]
    [InlineData("foo", 12182)]
    [InlineData("", 0)]
    public void A_slot_is_the_CRC_of_the_key(string key, int slot) => Assert.Equal(slot, HashSlot.Of(Encoding.UTF8.GetBytes(key)));

    [Theory]
    [InlineData("{user1000}.following", "user1000")]
    [InlineData("foo{{bar}}zap", "{bar")]
    [InlineData("foo{bar}{zap}", "bar")]
    [InlineData("x{foo", "x{foo")]
    public void A_hash_tag_stands_for_the_key(string key, string tag) =>
        Assert.Equal(HashSlot.Of(Encoding.UTF8.GetBytes(tag)), HashSlot.Of(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void An_empty_hash_tag_does_not() => Assert.NotEqual(0, HashSlot.Of("foo{}{bar}"u8));
}
