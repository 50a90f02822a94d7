using System.Collections.Frozen;
using Otp.Targets;
using PhoneNumbers;

namespace Otp.Programs;

/// <summary>Which targets codes may be sent to.</summary>
public sealed class AllowedTargets
{
    private const string AnySubdomain = "*.";

    // Messages to these cost the recipient, or reach no person's telephone.
    private static readonly PhoneNumberType[] NotByDefault =
        [PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.PAGER, PhoneNumberType.VOICEMAIL];

    private readonly FrozenSet<string> _countries;
    private readonly FrozenSet<PhoneNumberType> _numberTypes;
    private readonly FrozenSet<string> _domains;
    private readonly FrozenSet<string> _parentDomains;

    private AllowedTargets(ChannelRule channel, IEnumerable<string> countries, IEnumerable<PhoneNumberType> numberTypes, IEnumerable<string> domains)
    {
        Channel = channel;
        _countries = countries.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _numberTypes = numberTypes.SelectMany(AsTold).ToFrozenSet();
        _domains = domains.ToFrozenSet(StringComparer.Ordinal);
        _parentDomains = _domains
            .Where(domain => domain.StartsWith(AnySubdomain, StringComparison.Ordinal))
            .Select(domain => domain[AnySubdomain.Length..])
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The targets where nothing is set: all but the kinds of phone numbers that no code should go to.</summary>
    public static AllowedTargets Default { get; } = new(ChannelRule.Any, [], Enum.GetValues<PhoneNumberType>().Except(NotByDefault), []);

    public ChannelRule Channel { get; }

    /// <summary>Reads a domain of <see cref="PolicyOptions.AllowedDomains"/>: a host name, or <c>*.</c> and a host name for all below it.</summary>
    public static bool TryReadDomain(string text, out string domain)
    {
        var isParent = text.StartsWith(AnySubdomain, StringComparison.Ordinal);
        var isDomain = TargetParser.TryParse($"x@{(isParent ? text[AnySubdomain.Length..] : text)}", defaultRegion: null, out var address);
        domain = isDomain ? string.Concat(isParent ? AnySubdomain : "", address!.Value.AsSpan("x@".Length)) : "";
        return isDomain;
    }

    /// <summary>These with what <paramref name="options"/> sets.</summary>
    public AllowedTargets With(PolicyOptions options) => new(
        options.Channel ?? Channel,
        options.AllowedCountries ?? (IEnumerable<string>)_countries,
        options.AllowedNumberTypes ?? (IEnumerable<PhoneNumberType>)_numberTypes,
        options.AllowedDomains?.Select(text => TryReadDomain(text, out var domain) ? domain : text) ?? _domains);

    public bool Allows(Channel channel) => Channel switch
    {
        ChannelRule.Any => true,
        ChannelRule.Email => channel == Targets.Channel.Email,
        ChannelRule.Phone => channel == Targets.Channel.Phone,
    };

    public bool Allows(PhoneNumberType type) => _numberTypes.Count == 0 || _numberTypes.Contains(type);

    public bool Allows(Target target) => Allows(target.Channel) && target.Channel switch
    {
        Targets.Channel.Email => _domains.Count == 0 || AllowsDomain(target.Value.AsSpan(target.Value.LastIndexOf('@') + 1)),
        Targets.Channel.Phone => AllowsNumber(target.Value),
    };

    private bool AllowsDomain(ReadOnlySpan<char> domain)
    {
        if (_domains.GetAlternateLookup<ReadOnlySpan<char>>().Contains(domain))
        {
            return true;
        }

        var parents = _parentDomains.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var dot = domain.IndexOf('.'); dot >= 0; dot = domain.IndexOf('.'))
        {
            domain = domain[(dot + 1)..];
            if (parents.Contains(domain))
            {
                return true;
            }
        }

        return false;
    }

    // In some countries, such as those of +1, nothing tells a mobile number from a landline's.
    private static PhoneNumberType[] AsTold(PhoneNumberType type) =>
        type is PhoneNumberType.MOBILE or PhoneNumberType.FIXED_LINE ? [type, PhoneNumberType.FIXED_LINE_OR_MOBILE] : [type];

    private bool AllowsNumber(string e164)
    {
        var (region, type) = NumberingPlan.Classify(e164);
        return (_countries.Count == 0 || (region is not null && _countries.Contains(region)))
            && Allows(type);
    }
}
