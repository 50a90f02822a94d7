using System.Text.RegularExpressions;
using Otp.Settings;

namespace Otp.Delivery;

/// <summary>What an SMS can name as its sender.</summary>
internal static partial class SmsSenderId
{
    /// <summary>What a name is, as Twilio takes it.</summary>
    public const string NameRule = "1–11 ASCII letters, digits, spaces, &, +, _ and -, at least one of them a letter";

    /// <summary>A number in E.164 form, a short code, the SID of a Twilio messaging service, or a name (<see cref="NameRule"/>).</summary>
    public static bool IsValid(string sender) => IsMessagingService(sender) || Sender().IsMatch(sender);

    /// <summary>Whether the sender is a Twilio messaging service, which picks the number itself.</summary>
    public static bool IsMessagingService(string sender) => FaultList.IsSid(sender, "MG");

    /// <summary>Whether the sender is a number in E.164 form.</summary>
    public static bool IsNumber(string sender) => Number().IsMatch(sender);

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(\+[1-9][0-9]{6,14}|[0-9]{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11})\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sender();
}
