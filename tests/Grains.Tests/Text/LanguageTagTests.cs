using Otp.Text;

namespace Otp.Grains.Tests.Text;

public sealed class LanguageTagTests
{
    [Theory]
    [InlineData("pt", "pt")]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("pt_BR", "pt-BR")]
    [InlineData("zh_Hant_TW", "zh-Hant-TW")]
    [InlineData("\u200Ept-BR\u00A0\n", "pt-BR")]
    [InlineData("ｐｔ－ＢＲ", "pt-BR")]
    [InlineData("de-CH-1996", "de-CH-1996")]
    public void Tag_is_read_as_people_and_systems_write_it(string text, string tag) => Assert.Equal(tag, LanguageTag.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("p")]
    [InlineData("pt BR")]
    [InlineData("pt-")]
    [InlineData("-BR")]
    [InlineData("pt--BR")]
    [InlineData("pt\nBR")]
    [InlineData("pt,en")]
    [InlineData("português")]
    [InlineData("en-123456789")]
    [InlineData("en-aaaaaaaa-bbbbbbbb-cccccccc-ddddddd")]
    public void Anything_else_is_none(string text) => Assert.Null(LanguageTag.Parse(text));

    [Theory]
    [InlineData("pt", "pt")]
    [InlineData("pt-BR", "pt-BR pt")]
    [InlineData("zh-Hant-TW", "zh-Hant-TW zh-Hant zh")]
    [InlineData("zh-Hant-CN-x-private1-private2", "zh-Hant-CN-x-private1-private2 zh-Hant-CN-x-private1 zh-Hant-CN zh-Hant zh")]
    [InlineData("x-private", "x-private x")]
    public void Wider_tags_follow_the_narrower(string tag, string all) => Assert.Equal(all, string.Join(' ', LanguageTag.FallBacks(tag)));
}
