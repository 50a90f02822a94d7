using Otp.Programs;
using Otp.Settings;
using Otp.Targets;

namespace Otp.Grains.Tests.Programs;

public sealed class TestTargetFaultsTests
{
    private const string Path = "Otp:Programs:p:TestTargets:0";

    private readonly ManualTimeProvider _time = new();

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    [Fact]
    public void Test_target_with_a_code_of_the_right_length_and_a_last_day_is_valid() => Assert.Empty(Faults(Sound()));

    [Fact]
    public void Test_target_that_is_over_keeps_no_process_from_starting()
    {
        var test = Sound();
        test.ExpiresOn = Today.AddDays(-1);

        Assert.Empty(Faults(test));
    }

    [Fact]
    public void Test_target_has_a_last_day_within_a_year()
    {
        var late = Sound();
        late.ExpiresOn = Today.AddDays(367);
        var endless = Sound();
        endless.ExpiresOn = null;

        Assert.StartsWith($"{Path}:ExpiresOn", Assert.Single(Faults(late)), StringComparison.Ordinal);
        Assert.StartsWith($"{Path}:ExpiresOn", Assert.Single(Faults(endless)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    public void Code_is_digits_of_the_policys_length(string code)
    {
        var test = Sound();
        test.Code = code;

        Assert.StartsWith($"{Path}:Code", Assert.Single(Faults(test)), StringComparison.Ordinal);
    }

    [Fact]
    public void Purposes_with_another_length_are_named_unless_they_allow_no_test_targets()
    {
        var program = new ProgramOptions { TestTargets = [Sound()], Purposes = { [Purpose.Login] = new PolicyOptions { Length = 8 } } };
        Assert.Contains("Login", Assert.Single(Faults(program)), StringComparison.Ordinal);

        program.Purposes[Purpose.Login].AllowTestTargets = false;
        Assert.Empty(Faults(program));
    }

    [Fact]
    public void One_target_written_in_two_ways_is_listed_twice_and_is_not_shown()
    {
        var again = Sound();
        again.Target = "TESTER@Example.com";

        var fault = Assert.Single(Faults(new ProgramOptions { TestTargets = [Sound(), again] }));

        Assert.StartsWith("Otp:Programs:p:TestTargets:1:Target", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("tester", fault, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Two_aliases_of_one_mailbox_are_one_target_that_is_listed_twice()
    {
        var again = Sound();
        again.Target = "tester+2@example.com";

        Assert.Empty(Faults(new ProgramOptions { TestTargets = [Sound(), again] }));
        var fault = Assert.Single(Faults(new ProgramOptions { TestTargets = [Sound(), again], MailboxAliases = MailboxAliases.Subaddress }));
        Assert.StartsWith("Otp:Programs:p:TestTargets:1:Target", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_that_is_none_is_a_fault()
    {
        var test = Sound();
        test.Target = "nobody";

        Assert.StartsWith($"{Path}:Target", Assert.Single(Faults(test)), StringComparison.Ordinal);
    }

    private TestTargetOptions Sound() => new() { Target = "tester@example.com", Code = "123456", ExpiresOn = Today.AddDays(366) };

    private IReadOnlyList<string> Faults(TestTargetOptions test) => Faults(new ProgramOptions { TestTargets = [test] });

    private IReadOnlyList<string> Faults(ProgramOptions program)
    {
        var options = new OtpOptions
        {
            CodeKeys = [Convert.ToBase64String(new byte[32])],
            IndexKey = Convert.ToBase64String(new byte[32]),
            Tokens = { SigningKeys = [Convert.ToBase64String(new byte[32])] },
            Programs = { ["p"] = program },
        };
        var faults = new FaultList();
        options.Check(_time, faults);
        return [.. faults.ToResult().Failures ?? []];
    }
}
