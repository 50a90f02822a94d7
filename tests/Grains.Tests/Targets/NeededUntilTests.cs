using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Until when a target's record must be kept.</summary>
public sealed class NeededUntilTests
{
    private const long Start = 638_000_000_000_000_000;

    [Fact]
    public void A_state_is_needed_until_the_last_of_it_is_over()
    {
        var program = TestPrograms.With(
            new PolicyOptions { Windows = [new() { Name = "minute", Limit = 9, Period = TimeSpan.FromMinutes(1) }] },
            new LockoutOptions { Threshold = 2, Duration = TimeSpan.FromHours(3), Memory = TimeSpan.FromHours(2) });
        var rules = new TargetRules(program);
        var target = new TargetDriver(program);
        Assert.Equal(0, rules.NeededUntil(target.State));

        target.Send(At());
        Assert.Equal(At() + TargetRules.OperationMemory.Ticks, rules.NeededUntil(target.State));

        target.Verify(At(minutes: 1));
        Assert.Equal(At(minutes: 121), rules.NeededUntil(target.State));

        target.Verify(At(minutes: 2));
        Assert.Equal(At(minutes: 182), rules.NeededUntil(target.State));
    }

    [Fact]
    public void A_target_that_was_only_sent_to_is_needed_for_a_day()
    {
        var target = new TargetDriver(TestPrograms.Default);
        target.Send(At());

        Assert.Equal(At() + TimeSpan.FromDays(1).Ticks, new TargetRules(TestPrograms.Default).NeededUntil(target.State));
    }

    private static long At(int minutes = 0) => Start + TimeSpan.FromMinutes(minutes).Ticks;
}
