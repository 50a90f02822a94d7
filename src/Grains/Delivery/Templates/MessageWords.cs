namespace Otp.Delivery;

/// <summary>What a message can say, each a variable of its name in templates.</summary>
/// <param name="Code">The code.</param>
/// <param name="Program">The program's name, on one line.</param>
/// <param name="Purpose">What the code is for, to follow "to": <c>sign in</c>.</param>
/// <param name="Minutes">How long the code still lives, in whole minutes; 0 below one.</param>
/// <param name="Lifetime">The same in words: <c>5 minutes</c>, or seconds below one minute.</param>
/// <param name="Domain">The host name of the site where codes are entered, if the program names one.</param>
internal sealed record MessageWords(string Code, string Program, string Purpose, int Minutes, string Lifetime, string? Domain)
{
    private static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(3);

    public static MessageWords Of(string code, string program, Purpose purpose, TimeSpan validFor, string? domain)
    {
        // Rounded down, but for the moment that passed between making the code and writing this.
        var life = validFor > TimeSpan.Zero ? validFor + DeliveryTime : TimeSpan.Zero;
        var minutes = (int)life.TotalMinutes;
        var lifetime = minutes switch
        {
            >= 2 => $"{minutes} minutes",
            1 => "1 minute",
            _ => $"{(int)life.TotalSeconds} seconds",
        };
        return new MessageWords(code, OneLine(program), PurposePhrases.Of(purpose), minutes, lifetime, domain);
    }

    /// <summary>Text as it may stand in a header: line ends and other controls become spaces.</summary>
    public static string OneLine(string text)
    {
        foreach (var c in text)
        {
            if (IsBreak(c))
                return string.Create(text.Length, text, Flatten).Trim();
        }

        return text.Trim();

        static void Flatten(Span<char> line, string text)
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = IsBreak(text[i]) ? ' ' : text[i];
        }

        static bool IsBreak(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
    }

    /// <summary>The words as templates see them: these names and nothing else.</summary>
    public Dictionary<string, object?> ToModel() => new(6, StringComparer.Ordinal)
    {
        ["code"] = Code,
        ["program"] = Program,
        ["purpose"] = Purpose,
        ["minutes"] = Minutes,
        ["lifetime"] = Lifetime,
        ["domain"] = Domain,
    };

    /// <summary>The program alone: a code must not leak by being formatted.</summary>
    public override string ToString() => $"{nameof(MessageWords)} of {Program}";
}
