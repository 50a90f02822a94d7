namespace Otp.Delivery;

/// <summary>What is said in a call.</summary>
internal static class SpokenText
{
    /// <summary>The built-in text, of words whose code is spelled.</summary>
    public static string Compose(MessageWords words) => $"Your {words.Program} code is: {words.Code}.";

    /// <summary>
    /// A code digit by digit. A comma is a pause in every voice; a full stop after a digit makes an ordinal of it in some languages, and digits
    /// without anything between are read as one number.
    /// </summary>
    public static string Spell(string code) => string.Join(", ", code.AsEnumerable());
}
