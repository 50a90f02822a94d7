using Otp.Programs;
using Otp.Targets;
using PhoneNumbers;

namespace Otp.Grains.Tests.Programs;

public sealed class AllowedTargetsTests
{
    [Theory]
    [InlineData("+442079460018")]
    [InlineData("+818012345678")]
    [InlineData("a@example.com")]
    public void Everything_is_allowed_where_nothing_is_set(string target) => Assert.True(Allows(new PolicyOptions(), target));

    [Theory]
    [InlineData("GB", "+442079460018", true)]
    [InlineData("GB", "+33612345678", false)]
    [InlineData("gb", "+442079460018", true)]
    [InlineData("US", "+12125550100", true)]
    [InlineData("US", "+14165550100", false)]
    [InlineData("CA", "+14165550100", true)]
    [InlineData("US", "+18765550100", false)]
    [InlineData("JM", "+18765550100", true)]
    [InlineData("US", "+18095550100", false)]
    [InlineData("GB", "+447781123456", false)]
    [InlineData("GG", "+447781123456", true)]
    [InlineData("RU", "+77012345678", false)]
    [InlineData("KZ", "+77012345678", true)]
    [InlineData("US", "+80012345678", false)]
    public void Number_is_allowed_if_it_is_one_of_an_allowed_country(string country, string number, bool allowed) =>
        Assert.Equal(allowed, Allows(new PolicyOptions { AllowedCountries = [country] }, number));

    [Theory]
    [InlineData("+447400123456", true)]
    [InlineData("+448001234567", true)]
    [InlineData("+442", true)]
    [InlineData("+449091234567", false)]
    [InlineData("+448431234567", false)]
    [InlineData("+447640123456", false)]
    [InlineData("+41860123456789", false)]
    [InlineData("+979123456789", false)]
    [InlineData("+979999999999", false)]
    public void Kinds_of_numbers_that_cost_the_recipient_or_reach_no_telephone_are_not_allowed_by_default(string number, bool allowed)
    {
        var target = new Target(Channel.Phone, number);
        Assert.Equal(allowed, TestPrograms.With(new PolicyOptions()).Allows(target, Purpose.None, now: 0));
        Assert.True(TestPrograms.With(new PolicyOptions { AllowedNumberTypes = [] }).Allows(target, Purpose.None, now: 0));
    }

    [Fact]
    public void Country_that_is_allowed_does_not_allow_every_kind_of_its_numbers() =>
        Assert.False(Allows(new PolicyOptions { AllowedCountries = ["GB"] }, "+449091234567"));

    [Theory]
    [InlineData(PhoneNumberType.MOBILE, "+447400123456", true)]
    [InlineData(PhoneNumberType.MOBILE, "+442079460018", false)]
    [InlineData(PhoneNumberType.MOBILE, "+12125550100", true)]
    [InlineData(PhoneNumberType.FIXED_LINE, "+12125550100", true)]
    [InlineData(PhoneNumberType.VOIP, "+12125550100", false)]
    [InlineData(PhoneNumberType.PREMIUM_RATE, "+449091234567", true)]
    [InlineData(PhoneNumberType.PREMIUM_RATE, "+979123456789", true)]
    public void Number_is_allowed_if_it_can_be_of_an_allowed_kind(PhoneNumberType type, string number, bool allowed) =>
        Assert.Equal(allowed, Allows(new PolicyOptions { AllowedNumberTypes = [type] }, number));

    [Fact]
    public void Any_of_several_countries_will_do() =>
        Assert.True(Allows(new PolicyOptions { AllowedCountries = ["US", "FR", "GB"] }, "+33612345678"));

    [Fact]
    public void Countries_say_nothing_about_mail_nor_domains_about_numbers() =>
        Assert.True(Allows(new PolicyOptions { AllowedCountries = ["US"] }, "a@example.com")
            && Allows(new PolicyOptions { AllowedDomains = ["example.com"] }, "+33612345678"));

    [Theory]
    [InlineData("example.com", "a@example.com", true)]
    [InlineData("Example.COM", "a@example.com", true)]
    [InlineData("example.com", "a@sub.example.com", false)]
    [InlineData("example.com", "a@notexample.com", false)]
    [InlineData("*.example.com", "a@sub.example.com", true)]
    [InlineData("*.example.com", "a@deep.sub.example.com", true)]
    [InlineData("*.example.com", "a@example.com", false)]
    [InlineData("*.example.com", "a@sub.notexample.com", false)]
    [InlineData("*.example.com", "a@example.com.evil.org", false)]
    [InlineData("bücher.example", "a@xn--bcher-kva.example", true)]
    public void Address_is_allowed_if_its_domain_is_listed_or_below_one_that_is(string domain, string address, bool allowed) =>
        Assert.Equal(allowed, Allows(new PolicyOptions { AllowedDomains = [domain] }, address));

    [Theory]
    [InlineData(ChannelRule.Any, "a@example.com", true)]
    [InlineData(ChannelRule.Email, "a@example.com", true)]
    [InlineData(ChannelRule.Phone, "a@example.com", false)]
    [InlineData(ChannelRule.Email, "+33612345678", false)]
    [InlineData(ChannelRule.Phone, "+33612345678", true)]
    public void Codes_go_over_the_channel_that_is_set(ChannelRule channel, string target, bool allowed) =>
        Assert.Equal(allowed, Allows(new PolicyOptions { Channel = channel }, target));

    [Fact]
    public void Purpose_can_widen_what_its_program_narrows()
    {
        var options = new ProgramOptions
        {
            Policy = { AllowedCountries = ["GB"], Channel = ChannelRule.Phone },
            Purposes = { [Purpose.Login] = new PolicyOptions { AllowedCountries = [] } },
        };
        var program = new OtpProgram("p", options, new OtpOptions());

        Assert.False(program.Allows(Of("+33612345678"), Purpose.None, 0));
        Assert.True(program.Allows(Of("+33612345678"), Purpose.Login, 0));
        Assert.Equal(ChannelRule.Phone, program.PolicyFor(Purpose.Login).Channel);
    }

    private static bool Allows(PolicyOptions policy, string target) => TestPrograms.With(policy).Allows(Of(target), Purpose.None, now: 0);

    private static Target Of(string text)
    {
        Assert.True(TargetParser.TryParse(text, defaultRegion: null, out var target));
        return target;
    }
}
