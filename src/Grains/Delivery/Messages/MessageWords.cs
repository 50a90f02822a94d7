using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>The variables of templates, each under its name in lower case.</summary>
/// <param name="Program">The program's name, on one line.</param>
/// <param name="Purpose">What the code is for, to follow "to": <c>sign in</c>.</param>
/// <param name="Minutes">The code's remaining lifetime in whole minutes; 0 below one.</param>
/// <param name="Lifetime">The same in words: <c>5 minutes</c>, or seconds below one minute.</param>
/// <param name="Domain">The host name of the site where codes are entered, if the program names one.</param>
internal sealed record MessageWords(string Code, string Program, string Purpose, int Minutes, string Lifetime, string? Domain)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    /// <summary>The payment that the code approves: amount and payee, each on one line; null for none.</summary>
    public Payment? Payment { get; private init; }

    public static MessageWords Of(string code, string program, Purpose purpose, TimeSpan validFor, string? domain, Payment? payment = null)
    {
        // Rounded down, after a margin for the time between making the code and writing this.
        var life = validFor > TimeSpan.Zero ? validFor + Margin : TimeSpan.Zero;
        var minutes = (int)life.TotalMinutes;
        var lifetime = minutes switch
        {
            >= 2 => $"{minutes} minutes",
            1 => "1 minute",
            _ => $"{(int)life.TotalSeconds} seconds",
        };
        var pay = payment is null ? null : new Payment(OneLine(payment.Amount), OneLine(payment.Payee));
        var phrase = pay is null ? PurposePhrases.Of(purpose) : $"pay {pay.Amount} to {pay.Payee}";
        return new MessageWords(code, OneLine(program), phrase, minutes, lifetime, domain) { Payment = pay };
    }

    /// <summary>Text on one line, as a header needs it: line ends and other control characters become spaces.</summary>
    public static string OneLine(string text) => text.Any(IsBreak) ? string.Concat(text.Select(c => IsBreak(c) ? ' ' : c)).Trim() : text.Trim();

    /// <summary>The variables that templates can use: these and no others.</summary>
    public Dictionary<string, object?> ToModel() => new(8, StringComparer.Ordinal)
    {
        ["code"] = Code,
        ["program"] = Program,
        ["purpose"] = Purpose,
        ["minutes"] = Minutes,
        ["lifetime"] = Lifetime,
        ["domain"] = Domain,
        ["amount"] = Payment?.Amount,
        ["payee"] = Payment?.Payee,
    };

    /// <summary>The program alone: formatting must not reveal a code.</summary>
    public override string ToString() => $"{nameof(MessageWords)} of {Program}";

    private static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
