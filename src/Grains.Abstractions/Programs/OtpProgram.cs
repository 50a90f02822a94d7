using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Orleans.Otp.Programs;

/// <summary>A tenant with its rules resolved: purpose over program over service over the defaults.</summary>
public sealed class OtpProgram
{
    private readonly ImmutableArray<Policy> _policies;

    public OtpProgram(string id, ProgramOptions options, OtpOptions service)
    {
        Id = id;
        Name = string.IsNullOrWhiteSpace(options.Name) ? id : options.Name;
        DefaultRegion = options.DefaultRegion;
        Clients = options.Clients.ToFrozenDictionary(StringComparer.Ordinal);
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
        LongestWindow = _policies.SelectMany(p => p.Limits).Select(w => w.Period).DefaultIfEmpty().Max();
    }

    public string Id { get; }

    /// <summary>What messages call the program.</summary>
    public string Name { get; }

    /// <summary>The region that national phone numbers are read in; null where they are refused.</summary>
    public string? DefaultRegion { get; }

    /// <summary>The program's callers, by client id.</summary>
    public FrozenDictionary<string, ClientOptions> Clients { get; }

    /// <summary>Which providers deliver.</summary>
    public ChannelProviders Delivery { get; }

    /// <summary>Who messages come from, where the program says so.</summary>
    public SenderOptions Sender { get; }

    /// <summary>The host name of the site where codes are entered; null where the program names none.</summary>
    public string? Domain { get; }

    /// <summary>Messages by purpose: the program's own, then the service's.</summary>
    public ImmutableArray<IReadOnlyDictionary<string, PurposeTemplates>> Templates { get; }

    public Lockout Lockout { get; }

    /// <summary>How long a send can still matter to any window of any purpose.</summary>
    public TimeSpan LongestWindow { get; }

    /// <summary>How long any rule can still need to know about a target after its latest change.</summary>
    public TimeSpan LongestMemory =>
        _policies.Select(p => p.Lifetime).Append(LongestWindow).Append(Lockout.Duration).Append(Lockout.Memory).Max();

    /// <summary>The rules for codes and sends of one purpose.</summary>
    public Policy PolicyFor(Purpose purpose) => _policies[(int)purpose];
}
