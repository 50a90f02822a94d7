using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Otp.Targets;

namespace Otp.Programs;

/// <summary>The guard against SMS pumping: which prefixes of phone numbers get no more codes, because nobody verifies them.</summary>
public sealed partial class FraudGuardOptions
{
    /// <summary>How many codes that nobody has verified may go to one prefix in an hour, 1–1,000,000; 0 for no guard.</summary>
    public int Budget { get; set; }

    /// <summary>The share of codes that are verified from which on a prefix is open, whatever its budget, 0.01–1.</summary>
    public double ConversionFloor { get; set; } = 0.3;

    /// <summary>How long a prefix stays blocked, 1 minute to 31 days.</summary>
    public TimeSpan BlockFor { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How many digits after the calling code belong to a prefix, 0–10, but never a number's last four.</summary>
    public int PrefixDigits { get; set; } = 5;

    /// <summary>Beginnings of numbers, such as <c>+4477</c>, that are neither counted nor refused.</summary>
    public List<string> AllowedPrefixes { get; set; } = [];

    internal void Check(string path, FaultList faults)
    {
        faults.CheckRange<int>($"{path}:Budget", Budget, 0, 1_000_000);
        faults.CheckRange<double>($"{path}:ConversionFloor", ConversionFloor, 0.01, 1);
        faults.CheckRange<TimeSpan>($"{path}:BlockFor", BlockFor, TimeSpan.FromMinutes(1), TimeSpan.FromDays(31));
        faults.CheckRange<int>($"{path}:PrefixDigits", PrefixDigits, 0, 10);
        faults.CheckEach(
            $"{path}:AllowedPrefixes", AllowedPrefixes, static (setting, prefix) => Prefix().IsMatch(prefix) ? null : $"{setting} is not a plus and 1 to 15 digits.");
    }

    [GeneratedRegex(@"^\+[0-9]{1,15}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Prefix();
}

/// <summary>A program's guard against SMS pumping, in the terms of <see cref="FraudGuardOptions"/>.</summary>
public sealed record FraudGuard(int Budget, double ConversionFloor, TimeSpan BlockFor, int PrefixDigits, ImmutableArray<string> AllowedPrefixes)
{
    /// <summary>The guard that the options ask for; null for none.</summary>
    public static FraudGuard? Of(FraudGuardOptions options) => options.Budget == 0
        ? null
        : new FraudGuard(options.Budget, options.ConversionFloor, options.BlockFor, options.PrefixDigits, [.. options.AllowedPrefixes]);

    /// <summary>The prefix that a send to the target counts for; null where nothing is counted, as for every e-mail address.</summary>
    public string? PrefixOf(Target target)
    {
        var isGuarded = target.Channel == Channel.Phone && !AllowedPrefixes.Any(allowed => target.Value.StartsWith(allowed, StringComparison.Ordinal));
        return isGuarded ? NumberingPlan.PrefixOf(target.Value, PrefixDigits) : null;
    }
}
