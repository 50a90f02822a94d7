namespace Orleans.Otp.Delivery;

/// <summary>The built-in SMS: one segment, the code first, where a phone's preview and its autofill find it.</summary>
internal static class SmsText
{
    /// <summary>Composes the text; a program's name that a segment of GSM 7-bit cannot hold is left out.</summary>
    public static string Compose(string program, string code, string lifetime)
    {
        var named = Text($"{code} is your {program} code.", lifetime);
        return Gsm7.FitsOneSegment(named) ? named : Text($"{code} is your code.", lifetime);
    }

    private static string Text(string opening, string lifetime) =>
        $"{opening} It is valid for {lifetime}. Nobody will ever ask you for it: do not share it.";
}
