using System.Collections.Frozen;
using System.Collections.Immutable;
using Otp.Targets;

namespace Otp.Programs;

/// <summary>A tenant with its rules resolved: purpose over program over service over the defaults.</summary>
public sealed class OtpProgram
{
    private readonly ImmutableArray<Policy> _policies;
    private readonly FrozenDictionary<string, TestTarget> _testTargets;
    private readonly ProgramOptions _options;

    public OtpProgram(string id, ProgramOptions options, OtpOptions service)
    {
        (_options, Id) = (options, id);
        Name = string.IsNullOrWhiteSpace(options.Name) ? id : options.Name;
        Clients = options.Clients.ToFrozenDictionary(c => c.Key, c => new ProgramClient(c.Key, this, c.Value), StringComparer.Ordinal);
        Verify = options.Verify.ServiceSid is null ? null : new VerifyService(this, options.Verify);
        Events = options.Events.Url is null ? null : options.Events;
        Domain = options.Domain?.ToLowerInvariant();
        Templates = [options.Templates, service.Templates];
        Lockout = Lockout.Default.With(service.Lockout).With(options.Lockout);
        FraudGuard = FraudGuard.Of(options.FraudGuard);
        _policies = [.. options.Policies(service).Select(p => p.Policy)];
        _testTargets = options.TestTargets.Select(t => Read(t, options)).ToFrozenDictionary(t => t.Target, t => t.Test, StringComparer.Ordinal);
        SendRate = options.SendRate ?? service.Limits.SendsPerProgram;
        LongestWindow = _policies.SelectMany(p => p.AllWindows).Select(w => w.Period).DefaultIfEmpty().Max();
        LargestLimit = _policies.SelectMany(p => p.AllWindows).Select(w => w.Limit).DefaultIfEmpty().Max();
    }

    public string Id { get; }

    /// <summary>The name in messages.</summary>
    public string Name { get; }

    /// <summary>The region that national phone numbers are read in; null where they are refused.</summary>
    public string? DefaultRegion => _options.DefaultRegion;

    /// <summary>The program's callers, by client id.</summary>
    public FrozenDictionary<string, ProgramClient> Clients { get; }

    /// <summary>The program as a service of the Verify surface; null where it is none.</summary>
    public VerifyService? Verify { get; }

    public bool AllowUnregistered => _options.AllowUnregistered;

    public ChannelProviders Delivery => _options.Delivery;

    /// <summary>Where the program is told what happens; null where it is not. Only silos check it.</summary>
    public EventOptions? Events { get; }

    /// <summary>The senders of messages, where the program sets them.</summary>
    public SenderOptions Sender => _options.Sender;

    /// <summary>The host name of the site where codes are entered; null where the program names none.</summary>
    public string? Domain { get; }

    /// <summary>Messages by purpose: the program's own, then the service's.</summary>
    public ImmutableArray<IReadOnlyDictionary<string, PurposeTemplates>> Templates { get; }

    public Lockout Lockout { get; }

    /// <summary>The guard against SMS pumping; null where there is none.</summary>
    public FraudGuard? FraudGuard { get; }

    /// <summary>How many sends a gateway takes for the program.</summary>
    public RateOptions SendRate { get; }

    /// <summary>The longest window of any purpose: how long a send matters.</summary>
    public TimeSpan LongestWindow { get; }

    /// <summary>The most sends that any window of any purpose allows: how many of the latest matter.</summary>
    public int LargestLimit { get; }

    /// <summary>Whose a target is: windows, codes, lockout and customer belong to the mailbox, whichever alias is written. Messages go to the target itself.</summary>
    public Target MailboxOf(Target target) => Mailbox.Of(target, _options.MailboxAliases);

    /// <summary>The rules for codes and sends of one purpose.</summary>
    public Policy PolicyFor(Purpose purpose) => _policies[(int)purpose];

    /// <summary>Whether the program has any target whose code is fixed.</summary>
    public bool HasTestTargets => _testTargets.Count > 0;

    /// <summary>The fixed code of a test target; null for any other target.</summary>
    /// <param name="now">The time, in UTC ticks.</param>
    public TestTarget? FindTestTarget(Target target, long now) =>
        HasTestTargets && _testTargets.TryGetValue(MailboxOf(target).Value, out var test) && now < test.ExpiresAt ? test : null;

    /// <summary>Whether codes for a purpose may go to a target. A test target may have any country, kind of number and domain.</summary>
    /// <param name="now">The time, in UTC ticks.</param>
    public bool Allows(Target target, Purpose purpose, long now)
    {
        var policy = PolicyFor(purpose);
        return FindTestTarget(target, now) is null
            ? policy.Targets.Allows(target)
            : policy.AllowTestTargets && policy.Targets.Allows(target.Channel);
    }

    private static (string Target, TestTarget Test) Read(TestTargetOptions options, ProgramOptions program) =>
        options.Read(program) is { } target && options.ExpiresOn is { } last
            ? (target.Value, new TestTarget(options.Code, last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks))
            : throw new ArgumentException("The options were not validated.", nameof(options));
}

/// <summary>Finds the grain of a target by its program's rules.</summary>
public static class TargetIndexExtensions
{
    /// <summary>The grain key of the target's mailbox (<see cref="OtpProgram.MailboxOf"/>) or phone number.</summary>
    public static string KeyFor(this TargetIndex index, OtpProgram program, Target target) => index.KeyFor(program.Id, program.MailboxOf(target));

    /// <summary>The grain key of what stands in for the target.</summary>
    public static string DecoyFor(this TargetIndex index, OtpProgram program, Target target) => index.DecoyFor(program.Id, program.MailboxOf(target).Value);
}
