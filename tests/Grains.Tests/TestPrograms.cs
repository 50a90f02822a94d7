using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests;

/// <summary>Programs as tests need them.</summary>
internal static class TestPrograms
{
    public static OtpProgram Default { get; } = With(new PolicyOptions());

    public static OtpProgram With(PolicyOptions policy, LockoutOptions? lockout = null) =>
        new("test", new ProgramOptions { Policy = policy, Lockout = lockout ?? new LockoutOptions() }, new OtpOptions());

    public static TargetRules RulesOf(OtpProgram program) => new(program, TimeSpan.FromDays(400));
}
