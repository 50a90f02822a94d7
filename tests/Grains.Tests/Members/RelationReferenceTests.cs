using Orleans.Otp.Members;

namespace Orleans.Otp.Grains.Tests.Members;

public sealed class RelationReferenceTests
{
    [Theory]
    [InlineData("CID-1", "CID-1")]
    [InlineData("  CID-1\t", "CID-1")]
    [InlineData("jane.doe@example.com", "jane.doe@example.com")]
    [InlineData("会員 7", "会員 7")]
    public void Text_is_trimmed_and_otherwise_kept(string text, string expected)
    {
        Assert.True(RelationReference.TryParse(text, out var reference));
        Assert.Equal(expected, reference);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void Nothing_and_controls_are_refused(string text) => Assert.False(RelationReference.TryParse(text, out _));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void It_has_255_characters_at_most(int length, bool isAccepted) =>
        Assert.Equal(isAccepted, RelationReference.TryParse(new string('r', length), out _));
}
