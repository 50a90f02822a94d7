namespace Otp.Delivery;

/// <summary>A message in words.</summary>
/// <param name="Subject">The subject, on one line; null for an SMS.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Html">The HTML form of the text; null for an SMS, and for a mail without one.</param>
internal readonly record struct MessageText(string? Subject, string Text, string? Html)
{
    /// <summary>Nothing of the text, which holds a code.</summary>
    public override string ToString() => nameof(MessageText);
}
