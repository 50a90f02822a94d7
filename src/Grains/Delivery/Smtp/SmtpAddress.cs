using System.Net.Mail;

namespace Otp.Delivery;

/// <summary>Addresses as they may stand in an SMTP command or in a header.</summary>
internal static class SmtpAddress
{
    /// <summary>Whether an address is ASCII without anything that could end or extend a command: no space, control, bracket or quote.</summary>
    public static bool IsSafe(string address) =>
        address.IndexOf('@') > 0
        && address.Length <= 254
        && !address.AsSpan().ContainsAnyExceptInRange('!', '~')
        && address.AsSpan().IndexOfAny('<', '>', '"') < 0;

    /// <summary>Whether a text is one such address, with or without a display name.</summary>
    public static bool IsSender(string text) =>
        MailAddress.TryCreate(text, out var from)
        && IsSafe(from.Address)
        && !from.DisplayName.Contains('@', StringComparison.Ordinal)
        && !from.DisplayName.AsSpan().ContainsAnyInRange('\0', '\u001f');
}
