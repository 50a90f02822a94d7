using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Targets as they come out of messages, documents and address books.</summary>
public sealed class PastedTargetTests
{
    [Theory]
    [InlineData("\u202A+442079460114\u202C", "+442079460114")]
    [InlineData("+4420\u200B79460114", "+442079460114")]
    [InlineData("+4420\uFEFF79460114", "+442079460114")]
    [InlineData("+4420\u00AD79460114", "+442079460114")]
    [InlineData("+442079460114\t", "+442079460114")]
    [InlineData("+33\u202F6\u202F12\u202F34\u202F56\u202F78", "+33612345678")]
    [InlineData("+33\u00A06\u00A012\u00A034\u00A056\u00A078", "+33612345678")]
    [InlineData("+٤٤٢٠٧٩٤٦٠١١٥", "+442079460115")]
    [InlineData("＋４４２０７９４６０１１５", "+442079460115")]
    [InlineData("+49 30/12345678", "+493012345678")]
    [InlineData("+421 2/212 331 18", "+421221233118")]
    [InlineData("+44 20\u22127946\u22120116", "+442079460116")]
    [InlineData("+44–20—7946‐0116", "+442079460116")]
    [InlineData("+44·20・7946･0116", "+442079460116")]
    [InlineData("(+44) [20] 7946 0116", "+442079460116")]
    public void Number_is_read_as_it_is_seen(string pasted, string number) => Assert.Equal(number, Parsed.As(Channel.Phone, pasted));

    [Theory]
    [InlineData("tel:+442079460117", null, "+442079460117")]
    [InlineData("TEL:+44-20-7946-0117", null, "+442079460117")]
    [InlineData("tel:+44(0)2079460117;isub=12345;x=1", null, "+442079460117")]
    [InlineData("tel:020-7946-0117", "GB", "+442079460117")]
    [InlineData("tel:20-7946-0117;phone-context=+44", "US", "+442079460117")]
    [InlineData("tel:020-7946-0117;phone-context=example.com", "GB", "+442079460117")]
    [InlineData("tel:+442079460117;phone-context=+1", null, "+442079460117")]
    public void Scheme_and_parameters_of_a_link_come_off(string link, string? region, string number) =>
        Assert.Equal(number, Parsed.As(Channel.Phone, link, region));

    [Theory]
    [InlineData("tel:")]
    [InlineData("tel:+442079460117;ext=5")]
    [InlineData("tel:+442079460117;EXT=5")]
    [InlineData("tel:+442079460117;isub=1;ext=5")]
    [InlineData("tel:2079460117;phone-context=44")]
    [InlineData("+442079460117;isub=1")]
    [InlineData("sip:+442079460117")]
    public void Extension_and_what_is_no_link_to_a_number_is_refused(string text) => Assert.False(Parsed.IsTarget(text));

    [Theory]
    [InlineData("\u200Bjane@example.com")]
    [InlineData("jane\u200B@example.com")]
    [InlineData("jane@\u200Bexample.com")]
    [InlineData("\u2066jane@example.com\u2069")]
    [InlineData("ｊane＠example．com")]
    public void Address_is_read_as_it_is_seen(string pasted) => Assert.Equal("jane@example.com", Parsed.As(Channel.Email, pasted));
}
