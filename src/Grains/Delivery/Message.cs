using Orleans.Otp.Targets;

namespace Orleans.Otp.Delivery;

/// <summary>A message on its way to a target; the one place outside a target's grain where a code is in clear.</summary>
/// <param name="ProgramId">The program that sends it.</param>
/// <param name="Target">Whom it is for.</param>
/// <param name="Subject">The subject; null for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML form of the text; null for an SMS.</param>
/// <param name="Code">The code, for the development inbox alone: every other provider sends the texts as they are.</param>
/// <param name="CreatedAt">When it was composed.</param>
public sealed record Message(
    string ProgramId,
    Target Target,
    string? Subject,
    string Text,
    string? Html,
    string Code,
    DateTimeOffset CreatedAt)
{
    /// <summary>The program and the channel alone: nothing personal and no code may leak by being formatted.</summary>
    public override string ToString() => $"{Target.Channel} message of program {ProgramId}";
}
