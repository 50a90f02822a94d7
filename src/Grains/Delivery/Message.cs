using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>A message for a target. Outside a target's grain, only here is a code in clear.</summary>
/// <param name="ProgramId">The program that sends it.</param>
/// <param name="Purpose">What the code is for.</param>
/// <param name="Target">The recipient.</param>
/// <param name="Locale">The language that was asked for first (BCP 47); null for the program's default.</param>
/// <param name="Sender">The sender; null for the provider's own.</param>
/// <param name="Subject">The subject, on one line; null for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML form of the text; null for an SMS, and for a mail without one.</param>
/// <param name="Code">The code, for the inbox and webhooks; every other provider sends only the texts.</param>
/// <param name="CreatedAt">When it was composed.</param>
/// <param name="ExpiresAt">When the code expires.</param>
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
    /// <summary>The language of the built-in texts.</summary>
    public const string DefaultLanguage = "en";

    /// <summary>How it travels.</summary>
    public VerificationChannel Via { get; init; } = Target.Channel == Channel.Email ? VerificationChannel.Email : VerificationChannel.Sms;

    /// <summary>The language of the text (BCP 47), for a voice that reads it out.</summary>
    public string Language { get; init; } = DefaultLanguage;

    /// <summary>Where a provider reports what becomes of it; null where none is asked to.</summary>
    public ReceiptAddress? Receipt { get; init; }

    /// <summary>The program and the channel alone: formatting must reveal no address and no code.</summary>
    public override string ToString() => $"{Target.Channel} message of program {ProgramId}";
}
