using System.Collections.Frozen;
using System.Collections.Immutable;
using Otp.Targets;

namespace Otp.Programs;

/// <summary>A tenant with its rules resolved: purpose over program over service over the defaults.</summary>
public sealed class OtpProgram
{
    private readonly ImmutableArray<Policy> _policies;
    private readonly FrozenDictionary<string, TestTarget> _testTargets;

    public OtpProgram(string id, ProgramOptions options, OtpOptions service)
    {
        Id = id;
        Name = string.IsNullOrWhiteSpace(options.Name) ? id : options.Name;
        DefaultRegion = options.DefaultRegion;
        Clients = options.Clients.ToFrozenDictionary(c => c.Key, c => new OtpClient(c.Key, this, c.Value), StringComparer.Ordinal);
        AllowUnregistered = options.AllowUnregistered;
        Delivery = options.Delivery;
        Sender = options.Sender;
        Domain = options.Domain?.ToLowerInvariant();
        Templates = [options.Templates, service.Templates];
        Lockout = Lockout.Default.With(service.Lockout).With(options.Lockout);
        var program = Policy.Default.With(service.Policy).With(options.Policy);
        _policies =
        [
            .. Enum.GetValues<Purpose>().Select(p => options.Purposes.TryGetValue(p, out var own) ? program.With(own) : program),
        ];
        _testTargets = options.TestTargets.Select(t => Read(t)).ToFrozenDictionary(t => t.Target, t => t.Test, StringComparer.Ordinal);
        SendRate = options.SendRate ?? service.Limits.SendsPerProgram;
        LongestWindow = _policies.SelectMany(p => p.Limits).Select(w => w.Period).DefaultIfEmpty().Max();
    }

    public string Id { get; }

    /// <summary>What messages call the program.</summary>
    public string Name { get; }

    /// <summary>The region that national phone numbers are read in; null where they are refused.</summary>
    public string? DefaultRegion { get; }

    /// <summary>The program's callers, by client id.</summary>
    public FrozenDictionary<string, OtpClient> Clients { get; }

    /// <summary>Whether a code asked for with an e-mail address that no member has goes to that address itself.</summary>
    public bool AllowUnregistered { get; }

    /// <summary>Which providers deliver.</summary>
    public ChannelProviders Delivery { get; }

    /// <summary>Who messages come from, where the program says so.</summary>
    public SenderOptions Sender { get; }

    /// <summary>The host name of the site where codes are entered; null where the program names none.</summary>
    public string? Domain { get; }

    /// <summary>Messages by purpose: the program's own, then the service's.</summary>
    public ImmutableArray<IReadOnlyDictionary<string, PurposeTemplates>> Templates { get; }

    public Lockout Lockout { get; }

    /// <summary>How many sends a gateway takes for the program.</summary>
    public RateOptions SendRate { get; }

    /// <summary>How long a send can still matter to any window of any purpose.</summary>
    public TimeSpan LongestWindow { get; }

    /// <summary>The rules for codes and sends of one purpose.</summary>
    public Policy PolicyFor(Purpose purpose) => _policies[(int)purpose];

    /// <summary>Whether the program has any target whose code is fixed.</summary>
    public bool HasTestTargets => _testTargets.Count > 0;

    /// <summary>What is special about a target whose code is fixed; null for any other.</summary>
    /// <param name="target">The target.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public TestTarget? FindTestTarget(Target target, long now) =>
        HasTestTargets && _testTargets.TryGetValue(target.Value, out var test) && now < test.ExpiresAt ? test : null;

    /// <summary>Whether codes for a purpose may go to a target; a test target's country, kind of number and domain do not matter.</summary>
    /// <param name="target">The target.</param>
    /// <param name="purpose">Why the code is asked for.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public bool Allows(Target target, Purpose purpose, long now)
    {
        var policy = PolicyFor(purpose);
        return FindTestTarget(target, now) is null
            ? policy.Targets.Allows(target)
            : policy.AllowTestTargets && policy.Targets.Allows(target.Channel);
    }

    private (string Target, TestTarget Test) Read(TestTargetOptions options) =>
        TargetParser.TryParse(options.Target, DefaultRegion, out var target) && options.ExpiresOn is { } last
            ? (target.Value, new TestTarget(options.Code, last.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).Ticks))
            : throw new ArgumentException("The options were not validated.", nameof(options));
}
