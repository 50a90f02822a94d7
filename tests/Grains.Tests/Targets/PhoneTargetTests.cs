using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

public sealed class PhoneTargetTests
{
    [Theory]
    [InlineData("+44 20 7946 0018")]
    [InlineData("0044 (20) 79460018")]
    [InlineData("+44 (0)20 7946 0018")]
    [InlineData("(+44) 20.7946.0018")]
    [InlineData(" +44-20-7946-0018\n")]
    [InlineData("(0044)-20.7946 0018")]
    [InlineData("0 044 20 7946 0018")]
    public void International_number_has_one_form_however_it_is_written(string text) =>
        Assert.Equal("+442079460018", Parsed.As(Channel.Phone, text));

    [Theory]
    [InlineData("020 7946 0018", "GB")]
    [InlineData("020 7946 0018", "gb")]
    [InlineData("(020) 7946-0018", "GB")]
    [InlineData("20 7946 0018", "GB")]
    [InlineData("44 20 7946 0018", "GB")]
    [InlineData("020 7946 0018", "JE")]
    [InlineData("+44 20 7946 0018", "US")]
    [InlineData("0044 20 7946 0018", "US")]
    public void National_number_is_read_in_the_default_region(string text, string region) =>
        Assert.Equal("+442079460018", Parsed.As(Channel.Phone, text, region));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("XX")]
    [InlineData("001")]
    [InlineData("GBR")]
    public void National_number_without_a_known_region_is_refused(string? region) =>
        Assert.False(Parsed.IsTarget("020 7946 0018", region));

    [Theory]
    [InlineData("1 (212) 555-0100", "US", "+12125550100")]
    [InlineData("212-555-0100", "US", "+12125550100")]
    [InlineData("212-555-0100", "CA", "+12125550100")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("+39 (06) 1234 5678", null, "+390612345678")]
    [InlineData("+7 800 555 01 00", null, "+78005550100")]
    [InlineData("8 800 555 01 00", "RU", "+78005550100")]
    [InlineData("010 1234 5678", "CN", "+861012345678")]
    public void Trunk_prefix_comes_off_where_it_is_one_and_stays_where_it_is_not(string text, string? region, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text, region));

    [Theory]
    [InlineData("011 15-2345-6789", "AR", "+5491123456789")]
    [InlineData("0 11 4123 4567", "AR", "+541141234567")]
    [InlineData("0 15 11 96123-4567", "BR", "+5511961234567")]
    [InlineData("886377", "SM", "+3780549886377")]
    [InlineData("460 1234", "AG", "+12684601234")]
    [InlineData("256 789", "GG", "+441481256789")]
    [InlineData("9164 1234", "CX", "+61891641234")]
    [InlineData("22 123 45", "MG", "+261202212345")]
    public void Carrier_and_area_codes_follow_the_rules_of_the_region(string text, string region, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text, region));

    [Theory]
    [InlineData("1 212 555 0100", "US", "+12125550100")]
    [InlineData("33 6 12 34 56 78", "FR", "+33612345678")]
    [InlineData("49 30 901820", "DE", "+4930901820")]
    [InlineData("91 81234 56789", "IN", "+918123456789")]
    [InlineData("61 9164 1234", "CX", "+61891641234")]
    public void Calling_code_without_a_plus_is_read_as_one_unless_the_number_makes_sense_with_it(string text, string region, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text, region));

    [Theory]
    [InlineData("+800 1234 5678", "+80012345678")]
    [InlineData("+808 12345678", "+80812345678")]
    [InlineData("+870 773 111 632", "+870773111632")]
    [InlineData("+878 10 1234567890", "+878101234567890")]
    [InlineData("+881 6 12345678", "+881612345678")]
    [InlineData("+882 16 12345678", "+8821612345678")]
    [InlineData("+883 5100 1234567", "+88351001234567")]
    [InlineData("+888 12345678901", "+88812345678901")]
    [InlineData("+979 1 2345 6789", "+979123456789")]
    public void Codes_without_a_country_are_assigned_too(string text, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text));

    [Theory]
    [InlineData("+999 123 4567")]
    [InlineData("+210 123 4567")]
    [InlineData("+384 123 4567")]
    [InlineData("+0 44 2079460018")]
    [InlineData("+00442079460018")]
    [InlineData("00 0 44 2079460018")]
    [InlineData("+1")]
    [InlineData("+44")]
    public void Number_without_an_assigned_calling_code_and_something_after_it_is_refused(string text) =>
        Assert.False(Parsed.IsTarget(text, "GB"));

    [Theory]
    [InlineData("+1 212 555 010")]
    [InlineData("+1 212 555 01000")]
    [InlineData("+1 555 0100")]
    [InlineData("555-0100")]
    [InlineData("+44 20 7946 00181")]
    [InlineData("+44 20 794")]
    [InlineData("+33 6 12 34 56 7")]
    [InlineData("+49 30")]
    [InlineData("+49 30 12345678901234")]
    [InlineData("123456")]
    [InlineData("1")]
    public void Number_of_an_impossible_length_is_refused(string text) => Assert.False(Parsed.IsTarget(text, "US"));

    [Theory]
    [InlineData("+290 2158", "+2902158")]
    [InlineData("+683 4002", "+6834002")]
    [InlineData("+49 1579 2300 00000", "+491579230000000")]
    [InlineData("+43 720 123 456 7890", "+437201234567890")]
    public void Up_to_fifteen_digits_are_possible_where_the_plan_has_them(string text, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text));

    [Theory]
    [InlineData("++442079460018")]
    [InlineData("44+2079460018")]
    [InlineData("+44 20 7946 0018+")]
    [InlineData("+44 20 7946 0018 ext 5")]
    [InlineData("+44 20 7946 0018#5")]
    [InlineData("+44 20 7946 0018 ext. 5")]
    [InlineData("+1-800-FLOWERS")]
    [InlineData("+44 20\t7946 0018")]
    [InlineData("+44 20\n7946 0018")]
    [InlineData("+44_20_7946_0018")]
    [InlineData("+44 20 7946 0018, +44 20 7946 0019")]
    public void Only_digits_and_what_separates_them_make_a_number(string text) =>
        Assert.False(Parsed.IsTarget(text, "GB"));

    [Theory]
    [InlineData("4915123456789", "DE", "+4915123456789")]
    [InlineData("62812345678", "ID", "+62812345678")]
    [InlineData("4930901820", "DE", "+4930901820")]
    [InlineData("04915123456789", "DE", "+494915123456789")]
    [InlineData("4794123456", "US", "+14794123456")]
    [InlineData("9198765432", "IN", "+919198765432")]
    [InlineData("447400123456", "DE", "+447400123456")]
    [InlineData("33612345678", "DE", "+33612345678")]
    [InlineData("393312345678", "AT", "+393312345678")]
    [InlineData("447400123456", "GB", "+447400123456")]
    [InlineData("0044 7400 123456", "DE", "+447400123456")]
    [InlineData("030 12345678", "DE", "+493012345678")]
    public void Mobile_number_without_a_plus_is_not_mistaken_for_a_landline(string text, string region, string canonical) =>
        Assert.Equal(canonical, Parsed.As(Channel.Phone, text, region));

    [Theory]
    [InlineData("011 44 20 7946 0018", "US")]
    [InlineData("0011 44 20 7946 0018", "AU")]
    [InlineData("010 44 20 7946 0018", "JP")]
    [InlineData("8 10 44 20 7946 0018", "RU")]
    [InlineData("00 44 20 7946 0018", "RU")]
    [InlineData("00 44 20 7946 0018", "AU")]
    [InlineData("00 44 20 7946 0018", "JP")]
    public void International_prefix_is_the_regions_own_or_two_zeros(string text, string region) =>
        Assert.Equal("+442079460018", Parsed.As(Channel.Phone, text, region));

    [Theory]
    [InlineData("+5215512345678", null)]
    [InlineData("+52 1 55 1234 5678", "US")]
    [InlineData("00 52 1 55 1234 5678", null)]
    [InlineData("011 52 1 55 1234 5678", "US")]
    [InlineData("521 55 1234 5678", "MX")]
    [InlineData("55 1234 5678", "MX")]
    public void Old_mobile_prefix_of_Mexico_comes_off(string text, string? region) =>
        Assert.Equal("+525512345678", Parsed.As(Channel.Phone, text, region));

    [Fact]
    public void Trunk_prefix_dialled_twice_is_refused() => Assert.False(Parsed.IsTarget("+49 0030 901820"));
}
