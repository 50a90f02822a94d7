using Otp.Targets;
using Otp.Verifications;
using PhoneNumbers;

namespace Otp.Programs;

/// <summary>The rules of codes and sends, as far as one level (purpose, program, service) sets them; null leaves it to the next.</summary>
public sealed class PolicyOptions
{
    private const int MostFallbacks = 16;

    /// <summary>Whose rules this level starts from, instead of the next level's.</summary>
    public PolicyDefaults? Defaults { get; set; }

    /// <summary>Digits of a code, 4–10.</summary>
    public int? Length { get; set; }

    /// <summary>How long a code lives, 10 s to 1 day.</summary>
    public TimeSpan? Lifetime { get; set; }

    /// <summary>How many guesses are compared with one code, 1–100.</summary>
    public int? Attempts { get; set; }

    /// <summary>How many sends to one target a rolling span allows. All sends count, whatever their purpose.</summary>
    public List<WindowOptions>? Windows { get; set; }

    /// <summary>The least time between two sends to one target, up to 31 days; zero for none.</summary>
    public TimeSpan? MinimumGap { get; set; }

    /// <summary>What a send does while a code for the same purpose is alive.</summary>
    public ResendMode? OnResend { get; set; }

    /// <summary>Which channels codes may go over.</summary>
    public ChannelRule? Channel { get; set; }

    /// <summary>How the first, the second, … message of a code travels to a phone, where it is asked for by SMS; the last for all that follow.</summary>
    public List<VerificationChannel>? Fallback { get; set; }

    /// <summary>The regions (ISO 3166-1 alpha-2) whose phone numbers codes may go to; empty for all.</summary>
    public List<string>? AllowedCountries { get; set; }

    /// <summary>The kinds of phone numbers that codes may go to, as libphonenumber tells them apart; empty for all.</summary>
    public List<PhoneNumberType>? AllowedNumberTypes { get; set; }

    /// <summary>The domains whose e-mail addresses codes may go to, such as <c>example.com</c> or <c>*.example.com</c>; empty for all.</summary>
    public List<string>? AllowedDomains { get; set; }

    /// <summary>Whether the program's test targets may be used.</summary>
    public bool? AllowTestTargets { get; set; }

    internal void Check(string path, FaultList faults)
    {
        faults.CheckRange($"{path}:Length", Length, Policy.MinLength, Policy.MaxLength);
        faults.CheckRange($"{path}:Lifetime", Lifetime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        faults.CheckRange($"{path}:Attempts", Attempts, 1, 100);
        faults.CheckRange($"{path}:MinimumGap", MinimumGap, TimeSpan.Zero, WindowOptions.LongestPeriod);
        for (var i = 0; i < Windows?.Count; i++)
        {
            Windows[i].Check($"{path}:Windows:{i}", Windows.Take(i), faults);
        }

        for (var i = 0; i < Fallback?.Count; i++)
        {
            if (i == MostFallbacks || Fallback[i] == VerificationChannel.Email || !Enum.IsDefined(Fallback[i]))
            {
                faults.Add($"{path}:Fallback:{i}: at most {MostFallbacks} of Sms, Call and WhatsApp.");
                break;
            }
        }

        faults.CheckEach($"{path}:AllowedCountries", AllowedCountries, FaultOfRegion);
        faults.CheckEach($"{path}:AllowedDomains", AllowedDomains, static (setting, domain) => AllowedTargets.TryReadDomain(domain, out _)
            ? null
            : $"{setting}: '{domain}' is not a mail domain (example.com, or *.example.com for all below it).");
    }

    internal static string? FaultOfRegion(string setting, string? region) => NumberingPlan.IsRegion(region)
        ? null
        : $"{setting}: '{region}' is not a region with a numbering plan (ISO 3166-1 alpha-2, like GB).";
}

/// <summary>A rolling span and the number of sends it allows.</summary>
public sealed class WindowOptions
{
    internal static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(31);

    /// <summary>The name that <c>RateLimit</c> headers carry: 1–32 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Sends that the span allows, 1–1000.</summary>
    public int Limit { get; set; }

    /// <summary>The span's length, 1 s to 31 days.</summary>
    public TimeSpan Period { get; set; }

    internal void Check(string path, IEnumerable<WindowOptions> earlier, FaultList faults)
    {
        faults.AddIf(!FaultList.IsName(Name) || Name == Policy.GapName, $"{path}:Name: 1–32 ASCII letters, digits, '_' and '-', and not '{Policy.GapName}'.");
        faults.AddIf(earlier.Any(window => window.Name == Name), $"{path}:Name: '{Name}' is the name of another window too.");
        faults.CheckRange<int>($"{path}:Limit", Limit, 1, 1000);
        faults.CheckRange<TimeSpan>($"{path}:Period", Period, TimeSpan.FromSeconds(1), LongestPeriod);
    }
}

/// <summary>Whose rules hold where nothing else is set.</summary>
public enum PolicyDefaults
{
    /// <summary>LoyaltyDog's: 5 minutes, 3 attempts, 5 sends an hour and 10 a day, a new code each time.</summary>
    LoyaltyDog = 0,

    /// <summary>Twilio's: 10 minutes, 5 attempts, 5 sends in 10 minutes, the same code each time.</summary>
    Twilio = 1,
}

/// <summary>What a send does while a code for the same purpose is alive.</summary>
public enum ResendMode
{
    /// <summary>A new code replaces the old one, with attempts of its own.</summary>
    Replace = 0,

    /// <summary>The same code goes out again, its attempts and expiry as they are, so that slow mail still works.</summary>
    Repeat = 1,
}

/// <summary>Which channels codes may go over; for a member, which of its registered channels is used.</summary>
public enum ChannelRule
{
    /// <summary>Either; a member's own choice.</summary>
    Any = 0,

    /// <summary>E-mail alone.</summary>
    Email = 1,

    /// <summary>SMS alone.</summary>
    Phone = 2,
}
