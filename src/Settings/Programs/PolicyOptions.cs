using PhoneNumbers;

namespace Otp.Programs;

/// <summary>The rules of codes and sends, as far as one level (purpose, program, service) sets them; null leaves it to the next.</summary>
public sealed class PolicyOptions
{
    /// <summary>Digits of a code, 4–10.</summary>
    public int? Length { get; set; }

    /// <summary>How long a code lives.</summary>
    public TimeSpan? Lifetime { get; set; }

    /// <summary>Guesses that are compared with one code at the most, 1–100.</summary>
    public int? Attempts { get; set; }

    /// <summary>How many sends to one target a rolling span allows. All sends count, whatever their purpose.</summary>
    public List<WindowOptions>? Windows { get; set; }

    /// <summary>The least time between two sends to one target; zero for none.</summary>
    public TimeSpan? MinimumGap { get; set; }

    /// <summary>What a send does while a code for the same purpose is alive.</summary>
    public ResendMode? OnResend { get; set; }

    /// <summary>Which channels codes may go over.</summary>
    public ChannelRule? Channel { get; set; }

    /// <summary>The regions (ISO 3166-1 alpha-2) whose phone numbers codes may go to; empty for all.</summary>
    public List<string>? AllowedCountries { get; set; }

    /// <summary>The kinds of phone numbers that codes may go to, as libphonenumber tells them apart; empty for all.</summary>
    public List<PhoneNumberType>? AllowedNumberTypes { get; set; }

    /// <summary>The domains whose e-mail addresses codes may go to, such as <c>example.com</c> or <c>*.example.com</c>; empty for all.</summary>
    public List<string>? AllowedDomains { get; set; }

    /// <summary>Whether the program's test targets may be used.</summary>
    public bool? AllowTestTargets { get; set; }
}
