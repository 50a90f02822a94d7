using System.Text.RegularExpressions;

namespace Otp.Delivery;

/// <summary>What an SMS can name as its sender.</summary>
internal static partial class SmsSenderId
{
    /// <summary>
    /// A number in E.164 form, a short code, the SID of a Twilio messaging service, or a name: 1–11 ASCII letters, digits, spaces, <c>&amp;</c>,
    /// <c>+</c>, <c>_</c> and <c>-</c>, at least one of them a letter, as Twilio takes them.
    /// </summary>
    public static bool IsValid(string sender) => IsMessagingService(sender) || Sender().IsMatch(sender);

    /// <summary>Whether the sender is a Twilio messaging service, which picks the number itself.</summary>
    public static bool IsMessagingService(string sender) => ServiceSid().IsMatch(sender);

    /// <summary>Whether the sender is a number in E.164 form.</summary>
    public static bool IsNumber(string sender) => Number().IsMatch(sender);

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11})\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sender();

    [GeneratedRegex(@"^MG[0-9a-fA-F]{32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ServiceSid();
}
