namespace Otp.Grains.Tests.Targets;

public sealed class MalformedTargetTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\t\r\n")]
    [InlineData("@")]
    [InlineData("+")]
    [InlineData("jane")]
    [InlineData("jane.doe.example.com")]
    public void Text_that_is_neither_address_nor_number_is_refused(string? text) => Assert.False(Parsed.IsTarget(text, "US"));

    [Theory]
    [InlineData('\0')]
    [InlineData('\u0001')]
    [InlineData('\u0007')]
    [InlineData('\u001B')]
    [InlineData('\u007F')]
    [InlineData('\u0080')]
    [InlineData('\u009F')]
    [InlineData('\uD800')]
    [InlineData('\uDBFF')]
    [InlineData('\uDC00')]
    [InlineData('\uDFFF')]
    [InlineData('\uFFFF')]
    public void Control_characters_and_lone_surrogates_are_refused_wherever_they_stand(char bad)
    {
        foreach (var target in (string[])["jane@example.com", "jane@bücher.example", "+44 20 7946 0018", "020 7946 0018"])
        {
            for (var i = 0; i <= target.Length; i++)
            {
                Assert.False(Parsed.IsTarget(target.Insert(i, bad.ToString()), "GB"), $"U+{(int)bad:X4} at {i}");
            }
        }
    }

    [Fact]
    public void More_than_254_characters_are_refused()
    {
        Assert.False(Parsed.IsTarget(new string('a', 255)));
        Assert.False(Parsed.IsTarget("+44 20 7946 0018" + new string('.', 239)));
        Assert.True(Parsed.IsTarget("+44 20 7946 0018" + new string('.', 238)));
    }
}
