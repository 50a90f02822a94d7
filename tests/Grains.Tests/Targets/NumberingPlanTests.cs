using Otp.Targets;
using PhoneNumbers;

namespace Otp.Grains.Tests.Targets;

public sealed class NumberingPlanTests
{
    // Ten digits are needed to reach a Canadian number from anywhere else: this one of seven gets no message.
    private const string LocalExample = "+13101234";

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    [Fact]
    public void Every_example_number_of_every_region_leads_to_its_E164_form_in_all_of_the_librarys_formats()
    {
        var examples = Library.GetSupportedRegions()
            .SelectMany(region => Enum.GetValues<PhoneNumberType>().Select(type => (Region: region, Number: Library.GetExampleNumberForType(region, type))))
            .Where(example => example.Number is not null && Format(example.Number, PhoneNumberFormat.E164) != LocalExample)
            .ToList();

        Assert.True(examples.Count > 1_000, $"Only {examples.Count} examples.");
        Assert.All(examples, example =>
        {
            var e164 = Format(example.Number, PhoneNumberFormat.E164);
            Assert.Equal(e164, Parsed.As(Channel.Phone, e164));
            Assert.Equal(e164, Parsed.As(Channel.Phone, "00" + e164[1..]));
            Assert.Equal(e164, Parsed.As(Channel.Phone, Format(example.Number, PhoneNumberFormat.INTERNATIONAL)));
            Assert.Equal(e164, Parsed.As(Channel.Phone, Format(example.Number, PhoneNumberFormat.RFC3966)));
            Assert.Equal(e164, Parsed.As(Channel.Phone, Format(example.Number, PhoneNumberFormat.NATIONAL), example.Region));
            Assert.Equal(e164, Parsed.As(Channel.Phone, Library.GetNationalSignificantNumber(example.Number), example.Region));
        });
    }

    [Fact]
    public void Every_example_number_without_a_country_leads_to_its_E164_form() =>
        Assert.All(Library.GetSupportedGlobalNetworkCallingCodes(), code =>
        {
            var number = Library.GetExampleNumberForNonGeoEntity(code);
            var e164 = Format(number, PhoneNumberFormat.E164);
            Assert.Equal(e164, Parsed.As(Channel.Phone, Format(number, PhoneNumberFormat.INTERNATIONAL)));
            Assert.Equal(("001", code), (NumberingPlan.Classify(e164).Region, NumberingPlan.CallingCodeOf(e164)));
        });

    [Fact]
    public void Every_region_of_the_library_is_one_in_either_case() =>
        Assert.All(Library.GetSupportedRegions(), region => Assert.True(NumberingPlan.IsRegion(region) && NumberingPlan.IsRegion(region.ToLowerInvariant())));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("001")]
    [InlineData("ZZ")]
    [InlineData("GBR")]
    public void Anything_but_a_region_of_the_library_is_none(string? region) => Assert.False(NumberingPlan.IsRegion(region));

    [Theory]
    [InlineData("+12125550100", 1)]
    [InlineData("+12684601234", 1)]
    [InlineData("+442079460018", 44)]
    [InlineData("+353850123456", 353)]
    [InlineData("+88312345678", 883)]
    [InlineData("+999123456", 0)]
    [InlineData("+044123456", 0)]
    [InlineData("442079460018", 0)]
    [InlineData("+1", 1)]
    [InlineData("+4", 0)]
    [InlineData("+４４2079460018", 0)]
    [InlineData("+", 0)]
    [InlineData("", 0)]
    [InlineData("jane@example.com", 0)]
    public void Calling_code_of_a_number_is_found_by_its_first_digits(string number, int code) =>
        Assert.Equal(code, NumberingPlan.CallingCodeOf(number));

    [Theory]
    [InlineData("+447400123456", "GB", PhoneNumberType.MOBILE)]
    [InlineData("+449091234567", "GB", PhoneNumberType.PREMIUM_RATE)]
    [InlineData("+12125550100", "US", PhoneNumberType.FIXED_LINE_OR_MOBILE)]
    [InlineData("+979123456789", "001", PhoneNumberType.PREMIUM_RATE)]
    [InlineData("+979999999999", "001", PhoneNumberType.PREMIUM_RATE)]
    [InlineData("+492", null, PhoneNumberType.UNKNOWN)]
    [InlineData("+999123456", null, PhoneNumberType.UNKNOWN)]
    public void Number_has_a_region_and_a_kind(string number, string? region, PhoneNumberType type) =>
        Assert.Equal((region, type), NumberingPlan.Classify(number));

    private static string Format(PhoneNumber number, PhoneNumberFormat format) => Library.Format(number, format);
}
