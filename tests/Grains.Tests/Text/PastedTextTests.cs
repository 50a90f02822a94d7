using Otp.Text;

namespace Otp.Grains.Tests.Text;

public sealed class PastedTextTests
{
    [Theory]
    [InlineData("jane@example.com", "jane@example.com")]
    [InlineData("\u200Bj\u200Da\u00ADn\u2060e\uFEFF", "jane")]
    [InlineData("\u202A\u2066jane\u2069\u202C", "jane")]
    [InlineData("j\U000E0061ne", "jne")]
    [InlineData("\u00A0\tjane doe\u3000\r\n\u2028", "jane doe")]
    [InlineData("\u200B \uFEFFjane", "jane")]
    [InlineData("ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "jane@example.com")]
    [InlineData("٠١٢٣٤ ۵۶۷۸۹ ०१२ ７８ \U0001D7CE\U0001D7D7", "01234 56789 012 78 09")]
    [InlineData("²Ⅷ五", "²Ⅷ五")]
    [InlineData("J\u00E4ne \U0001F600", "J\u00E4ne \U0001F600")]
    [InlineData("\u200B\u00A0\t", "")]
    [InlineData("", "")]
    public void What_is_seen_is_kept_in_one_form_and_what_is_not_is_dropped(string pasted, string clean) => Assert.Equal(clean, PastedText.Clean(pasted));

    [Theory]
    [InlineData("594410\u00A0", "594410")]
    [InlineData("\u200E۵۹۴-۴۱۰", "594410")]
    [InlineData("５９４．４１０", "594410")]
    public void Code_is_cleaned_and_loses_what_separates_its_digits(string pasted, string code) => Assert.Equal(code, PastedText.CleanCode(pasted));

    [Theory]
    [InlineData("594 410", "594410")]
    [InlineData("594-410", "594410")]
    [InlineData("59\u202F44\u00A010", "594410")]
    [InlineData("59\u201344\u221210", "594410")]
    [InlineData("5.9/4·4・1(0)[]", "594410")]
    [InlineData("594410", "594410")]
    [InlineData("594\t410", "594\t410")]
    [InlineData("594_410,x", "594_410,x")]
    public void What_separates_digits_is_dropped_and_nothing_else(string written, string digits) =>
        Assert.Equal(digits, PastedText.WithoutSeparators(written));
}
