using Otp.Members;

namespace Otp.Grains.Tests.Members;

public sealed class RelationReferenceTests
{
    [Theory]
    [InlineData("CID-1", "CID-1")]
    [InlineData("  CID-1\t", "CID-1")]
    [InlineData("jane.doe@example.com", "jane.doe@example.com")]
    [InlineData("会員 7", "会員 7")]
    [InlineData("\u202ACID\u200B-1\u202C", "CID-1")]
    [InlineData("ＣＩＤ－１", "CID-1")]
    [InlineData("CID-٤٢", "CID-42")]
    [InlineData("cid-1", "cid-1")]
    public void Text_is_read_as_it_is_seen(string text, string expected) => Assert.Equal(expected, RelationReference.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void Nothing_and_controls_are_refused(string text) => Assert.Null(RelationReference.Parse(text));

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void It_has_255_characters_at_most(int length, bool isAccepted) =>
        Assert.Equal(isAccepted, RelationReference.Parse(new string('r', length)) is not null);
}
