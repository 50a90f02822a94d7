using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>Writes the built-in message of each channel. Pure.</summary>
public static class MessageComposer
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    /// <summary>Composes the message that carries a code to its target.</summary>
    /// <param name="programId">The program that sends it.</param>
    /// <param name="programName">The program's name, as people know it.</param>
    /// <param name="target">Whom it is for.</param>
    /// <param name="code">The code.</param>
    /// <param name="validFor">How long the code still lives; told in whole minutes, or in seconds below one minute.</param>
    /// <param name="now">The time of composing.</param>
    public static Message Compose(
        string programId,
        string programName,
        Target target,
        string code,
        TimeSpan validFor,
        DateTimeOffset now)
    {
        var name = OneLine(programName);
        var life = Lifetime(validFor);
        return target.Channel switch
        {
            Channel.Email => new Message(
                programId,
                target,
                MailText.Subject(name),
                MailText.Plain(name, code, life),
                MailText.Html(name, code, life),
                code,
                now),
            Channel.Phone => new Message(programId, target, Subject: null, SmsText.Compose(name, code, life), Html: null, code, now),
        };
    }

    /// <summary>Rounded down, but for the moment that passed between making the code and writing this.</summary>
    private static string Lifetime(TimeSpan validFor) => (validFor + Moment) switch
    {
        { TotalMinutes: >= 2 } life => $"{(long)life.TotalMinutes} minutes",
        { TotalMinutes: >= 1 } => "1 minute",
        var life => $"{(long)life.TotalSeconds} seconds",
    };

    /// <summary>A name from the settings becomes part of a header: line ends and other controls are spaces there.</summary>
    private static string OneLine(string name) =>
        string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? ' ' : text[i];
        }).Trim();
}
