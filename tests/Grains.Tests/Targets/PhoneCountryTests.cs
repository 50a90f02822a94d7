using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Numbers as people of the region write them; most are its numbering plan's examples.</summary>
public sealed class PhoneCountryTests
{
    [Theory]
    [InlineData("US", "(201) 555-0123", "+12015550123")]
    [InlineData("CA", "(506) 234-5678", "+15062345678")]
    [InlineData("MX", "222 123 4567", "+522221234567")]
    [InlineData("BR", "(11) 96123-4567", "+5511961234567")]
    [InlineData("AR", "011 15-2345-6789", "+5491123456789")]
    [InlineData("CL", "(2) 2123 4567", "+56221234567")]
    [InlineData("CO", "321 1234567", "+573211234567")]
    [InlineData("PE", "912 345 678", "+51912345678")]
    [InlineData("GB", "07400 123456", "+447400123456")]
    [InlineData("IE", "085 012 3456", "+353850123456")]
    [InlineData("FR", "06 12 34 56 78", "+33612345678")]
    [InlineData("DE", "01512 3456789", "+4915123456789")]
    [InlineData("ES", "612 34 56 78", "+34612345678")]
    [InlineData("PT", "912 345 678", "+351912345678")]
    [InlineData("IT", "312 345 6789", "+393123456789")]
    [InlineData("NL", "06 12345678", "+31612345678")]
    [InlineData("BE", "0450 00 12 34", "+32450001234")]
    [InlineData("CH", "078 123 45 67", "+41781234567")]
    [InlineData("AT", "0664 123456", "+43664123456")]
    [InlineData("SE", "070-123 45 67", "+46701234567")]
    [InlineData("NO", "40 61 23 45", "+4740612345")]
    [InlineData("DK", "34 41 23 45", "+4534412345")]
    [InlineData("FI", "041 2345678", "+358412345678")]
    [InlineData("PL", "512 345 678", "+48512345678")]
    [InlineData("CZ", "601 123 456", "+420601123456")]
    [InlineData("GR", "691 234 5678", "+306912345678")]
    [InlineData("HU", "06 20 123 4567", "+36201234567")]
    [InlineData("RO", "0712 034 567", "+40712034567")]
    [InlineData("UA", "050 123 4567", "+380501234567")]
    [InlineData("RU", "8 (912) 345-67-89", "+79123456789")]
    [InlineData("KZ", "8 (771) 000 9998", "+77710009998")]
    [InlineData("TR", "0501 234 56 78", "+905012345678")]
    [InlineData("EG", "010 01234567", "+201001234567")]
    [InlineData("ZA", "071 123 4567", "+27711234567")]
    [InlineData("NG", "0802 123 4567", "+2348021234567")]
    [InlineData("KE", "0712 123456", "+254712123456")]
    [InlineData("MA", "06 50 12 34 56", "+212650123456")]
    [InlineData("SA", "051 234 5678", "+966512345678")]
    [InlineData("AE", "050 123 4567", "+971501234567")]
    [InlineData("IL", "050-234-5678", "+972502345678")]
    [InlineData("IN", "081234 56789", "+918123456789")]
    [InlineData("PK", "0301 2345678", "+923012345678")]
    [InlineData("BD", "01812-345678", "+8801812345678")]
    [InlineData("CN", "131 2345 6789", "+8613123456789")]
    [InlineData("HK", "5123 4567", "+85251234567")]
    [InlineData("JP", "090-1234-5678", "+819012345678")]
    [InlineData("KR", "010-2000-0000", "+821020000000")]
    [InlineData("TH", "081 234 5678", "+66812345678")]
    [InlineData("VN", "0912 345 678", "+84912345678")]
    [InlineData("ID", "0812-345-678", "+62812345678")]
    [InlineData("PH", "0905 123 4567", "+639051234567")]
    [InlineData("SG", "8123 4567", "+6581234567")]
    [InlineData("MY", "012-345 6789", "+60123456789")]
    [InlineData("AU", "0412 345 678", "+61412345678")]
    [InlineData("NZ", "021 123 4567", "+64211234567")]
    [InlineData("SM", "66 66 12 12", "+37866661212")]
    [InlineData("GG", "07781 123456", "+447781123456")]
    [InlineData("AG", "(268) 464-1234", "+12684641234")]
    [InlineData("BY", "8 029 491-19-11", "+375294911911")]
    [InlineData("LT", "(0-612) 34567", "+37061234567")]
    public void Number_in_national_and_international_form_is_one_target(string region, string text, string canonical)
    {
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text, region));
        Assert.Equal(canonical, Parsed.As(Channel.Phone, canonical, region));
        Assert.Equal(canonical, Parsed.As(Channel.Phone, canonical));
        Assert.Equal(canonical, Parsed.As(Channel.Phone, "00" + canonical[1..], region));
    }
}
