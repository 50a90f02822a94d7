using Otp.Targets;

namespace Otp.Delivery;

/// <summary>A message on its way to a target; the one place outside a target's grain where a code is in clear.</summary>
/// <param name="ProgramId">The program that sends it.</param>
/// <param name="Purpose">What the code is for.</param>
/// <param name="Target">Whom it is for.</param>
/// <param name="Locale">The language wished for (BCP 47); null for the program's default.</param>
/// <param name="Sender">Whom it comes from; null for the provider's own sender.</param>
/// <param name="Subject">The subject, on one line; null for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML form of the text; null for an SMS, and for a mail without one.</param>
/// <param name="Code">The code, for the inbox and webhooks: every other provider sends the texts as they are.</param>
/// <param name="CreatedAt">When it was composed.</param>
/// <param name="ExpiresAt">Until when the code lives.</param>
public sealed record Message(
    string ProgramId,
    Purpose Purpose,
    Target Target,
    string? Locale,
    string? Sender,
    string? Subject,
    string Text,
    string? Html,
    string Code,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>The program and the channel alone: nothing personal and no code may leak by being formatted.</summary>
    public override string ToString() => $"{Target.Channel} message of program {ProgramId}";
}
