using Otp.Targets;

namespace Otp.Programs;

/// <summary>A target whose code is always the same and is never delivered: for automated tests and app-store reviewers.</summary>
public sealed class TestTargetOptions
{
    private const int LongestDays = 366;

    /// <summary>An e-mail address or a phone number, written as callers may write it.</summary>
    public string Target { get; set; } = string.Empty;

    /// <summary>The code: as many digits as the codes of every purpose that allows test targets.</summary>
    public string Code { get; set; } = string.Empty;

    /// <summary>The last day (UTC), at most a year ahead; after it the target is like any other.</summary>
    public DateOnly? ExpiresOn { get; set; }

    internal Target? Read(ProgramOptions program) =>
        TargetParser.TryParse(Target, program.DefaultRegion, out var target) ? Mailbox.Of(target, program.MailboxAliases) : null;

    // A fault does not show the target, because it may be logged.
    internal void Check(string path, ProgramOptions program, OtpOptions service, DateOnly today, FaultList faults)
    {
        var target = Read(program);
        faults.AddIf(target is null, $"{path}:Target is neither an e-mail address nor a phone number.");
        faults.AddIf(
            target is not null && program.TestTargets.TakeWhile(other => other != this).Any(earlier => earlier.Read(program) == target),
            $"{path}:Target is listed twice.");
        faults.AddIf(ExpiresOn is null, $"{path}:ExpiresOn is missing: the last day on which the code is fixed, like 2026-12-31.");
        faults.AddIf(ExpiresOn > today.AddDays(LongestDays), $"{path}:ExpiresOn: {ExpiresOn:O} is more than a year ahead.");
        if (Code.Length == 0 || Code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            faults.Add($"{path}:Code is not digits.");
            return;
        }

        var others = program.Policies(service).Where(p => p.Policy.AllowTestTargets && p.Policy.Length != Code.Length).Select(p => p.Purpose).ToList();
        faults.AddIf(
            others.Count > 0,
            $"{path}:Code has {Code.Length} digits, but codes for {string.Join(", ", others)} have another length, and AllowTestTargets is not false for them.");
    }
}

/// <summary>A target whose code is fixed and not delivered.</summary>
/// <param name="Code">The code.</param>
/// <param name="ExpiresAt">The first instant, in UTC ticks, at which the target is like any other.</param>
public sealed record TestTarget(string Code, long ExpiresAt)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(TestTarget);
}
