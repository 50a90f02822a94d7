using Otp.Programs;
using Otp.Settings;
using Otp.Targets;

namespace Otp.Grains.Tests.Fraud;

/// <summary>Which prefix a number counts for.</summary>
public sealed class PrefixTests
{
    [Theory]
    [InlineData("+447700900123", 5, "+4477009")]
    [InlineData("+447700900123", 0, "+44")]
    [InlineData("+447700900123", 10, "+44770090")]
    [InlineData("+12125550143", 5, "+121255")]
    [InlineData("+8613912345678", 5, "+8613912")]
    [InlineData("+3725123456", 5, "+372512")]
    [InlineData("+68820123", 5, "+6882")]
    [InlineData("+442", 5, "+44")]
    public void Prefix_is_the_calling_code_and_the_next_digits_but_never_the_last_four(string number, int digits, string prefix) =>
        Assert.Equal(prefix, NumberingPlan.PrefixOf(number, digits));

    [Fact]
    public void Addresses_and_allowed_prefixes_are_not_counted()
    {
        var guard = FraudGuard.Of(new FraudGuardOptions { Budget = 100, AllowedPrefixes = ["+4477", "+1"] })!;

        Assert.Null(guard.PrefixOf(new Target(Channel.Email, "jane@example.com")));
        Assert.Null(guard.PrefixOf(new Target(Channel.Phone, "+447700900123")));
        Assert.Null(guard.PrefixOf(new Target(Channel.Phone, "+12125550143")));
        Assert.Equal("+4420794", guard.PrefixOf(new Target(Channel.Phone, "+442079460958")));
    }

    [Fact]
    public void Program_without_a_budget_guards_nothing() => Assert.Null(FraudGuard.Of(new FraudGuardOptions()));

    [Theory]
    [InlineData(-1, 0.3, 60, 5, "+44", "Budget")]
    [InlineData(1_000_001, 0.3, 60, 5, "+44", "Budget")]
    [InlineData(100, 0, 60, 5, "+44", "ConversionFloor")]
    [InlineData(100, 1.01, 60, 5, "+44", "ConversionFloor")]
    [InlineData(100, 0.3, 59, 5, "+44", "BlockFor")]
    [InlineData(100, 0.3, 60, 11, "+44", "PrefixDigits")]
    [InlineData(100, 0.3, 60, 5, "44", "AllowedPrefixes:0")]
    [InlineData(100, 0.3, 60, 5, "+44\n", "AllowedPrefixes:0")]
    [InlineData(1_000_000, 1, 2_678_400, 10, "+442079460958", null)]
    [InlineData(1, 0.01, 60, 0, "+1", null)]
    public void Setting_out_of_range_is_a_fault(int budget, double floor, int blockSeconds, int digits, string allowed, string? fault)
    {
        var options = new OtpOptions();
        options.Programs["a"] = new ProgramOptions
        {
            FraudGuard = new() { Budget = budget, ConversionFloor = floor, BlockFor = TimeSpan.FromSeconds(blockSeconds), PrefixDigits = digits, AllowedPrefixes = [allowed] },
        };
        var faults = new FaultList();
        options.Check(TimeProvider.System, faults);

        var found = (faults.ToResult().Failures ?? []).Where(text => text.StartsWith("Otp:Programs:a:", StringComparison.Ordinal)).ToList();

        Assert.Equal(fault is null ? 0 : 1, found.Count);
        Assert.All(found, text => Assert.StartsWith($"Otp:Programs:a:FraudGuard:{fault}", text, StringComparison.Ordinal));
    }
}
