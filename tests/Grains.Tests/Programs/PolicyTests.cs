using Otp.Programs;

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
    public void Every_purpose_of_the_Loyalife_api_has_a_policy() =>
        Assert.Equal(24, Enum.GetValues<Purpose>().Select(TestPrograms.Default.PolicyFor).Count());
}
