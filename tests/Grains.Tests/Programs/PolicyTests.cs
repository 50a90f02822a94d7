using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Programs;

public sealed class PolicyTests
{
    [Fact]
    public void The_defaults_are_those_of_the_LoyaltyDog_api()
    {
        var policy = TestPrograms.Default.PolicyFor(Purpose.None);

        Assert.Equal((6, TimeSpan.FromMinutes(5), 3, ResendMode.Replace), (policy.Length, policy.Lifetime, policy.Attempts, policy.OnResend));
        Assert.Equal([new Window("hour", 5, TimeSpan.FromHours(1)), new Window("day", 10, TimeSpan.FromDays(1))], policy.AllWindows);
    }

    [Fact]
    public void A_purpose_overrides_its_program_and_a_program_the_service()
    {
        var service = new OtpOptions { Policy = { Length = 4, Attempts = 4, MinimumGap = TimeSpan.FromSeconds(4) } };
        var options = new ProgramOptions
        {
            Policy = { Length = 5, Attempts = 5 },
            Purposes = { [Purpose.Login] = new PolicyOptions { Length = 7 } },
        };

        var program = new OtpProgram("p", options, service);

        Assert.Equal((7, 5), (program.PolicyFor(Purpose.Login).Length, program.PolicyFor(Purpose.Login).Attempts));
        Assert.Equal((5, 5), (program.PolicyFor(Purpose.None).Length, program.PolicyFor(Purpose.None).Attempts));
        Assert.Equal(new Window("gap", 1, TimeSpan.FromSeconds(4)), program.PolicyFor(Purpose.Login).AllWindows[0]);
    }

    [Fact]
    public void Twilios_rules_are_those_of_its_api()
    {
        var program = TestPrograms.With(new PolicyOptions { Defaults = PolicyDefaults.Twilio });

        var policy = program.PolicyFor(Purpose.None);

        Assert.Equal((6, TimeSpan.FromMinutes(10), 5, ResendMode.Repeat), (policy.Length, policy.Lifetime, policy.Attempts, policy.OnResend));
        Assert.Equal([new Window("verification", 5, TimeSpan.FromMinutes(10))], policy.AllWindows);
    }

    [Fact]
    public void Defaults_of_a_level_stand_for_the_next_levels_rules_and_below_what_the_level_sets()
    {
        var service = new OtpOptions { Policy = { Attempts = 9, MinimumGap = TimeSpan.FromSeconds(4), AllowedCountries = ["GB"] } };
        var options = new ProgramOptions
        {
            Policy = { Defaults = PolicyDefaults.Twilio, Length = 8 },
            Purposes = { [Purpose.Login] = new PolicyOptions { Defaults = PolicyDefaults.LoyaltyDog } },
        };

        var program = new OtpProgram("p", options, service);

        var (none, login) = (program.PolicyFor(Purpose.None), program.PolicyFor(Purpose.Login));
        Assert.Equal((8, 5, TimeSpan.Zero), (none.Length, none.Attempts, none.MinimumGap));
        Assert.Equal((6, 3, TimeSpan.FromMinutes(5)), (login.Length, login.Attempts, login.Lifetime));
        Assert.False(none.Targets.Allows(new Target(Channel.Phone, "+491701234567")));
    }

    [Fact]
    public void Every_purpose_of_the_Loyalife_api_has_a_policy() =>
        Assert.Equal(24, Enum.GetValues<Purpose>().Select(TestPrograms.Default.PolicyFor).Count());
}
