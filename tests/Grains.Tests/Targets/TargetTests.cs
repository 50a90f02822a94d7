using System.Globalization;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class TargetTests
{
    [Theory]
    [InlineData(Channel.Email, "jane@example.com", "Email")]
    [InlineData(Channel.Phone, "+442079460018", "Phone")]
    public void Formatted_target_shows_its_channel_and_nothing_else(Channel channel, string value, string shown)
    {
        var target = new Target(channel, value);
        Assert.Equal(shown, target.ToString());
        Assert.Equal(shown, string.Create(CultureInfo.InvariantCulture, $"{target}"));
    }

    [Fact]
    public void Two_ways_of_writing_one_target_are_equal()
    {
        Assert.True(TargetParser.TryParse("A.B@Example.COM ", null, out var written));
        Assert.True(TargetParser.TryParse("a.b@example.com", null, out var plain));
        Assert.Equal(plain, written);
    }
}
