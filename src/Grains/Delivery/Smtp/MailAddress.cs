using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Otp.Delivery;

/// <summary>Addresses as they may stand in an SMTP command or in a header.</summary>
internal static class MailAddress
{
    /// <summary>Whether an address is ASCII without anything that could end or extend a command: no space, control, bracket or quote.</summary>
    public static bool IsSafe(string address) =>
        address.IndexOf('@') > 0
        && address.Length <= 254
        && !address.AsSpan().ContainsAnyExceptInRange('!', '~')
        && address.AsSpan().IndexOfAny('<', '>', '"') < 0;

    /// <summary>Reads one such address, with or without a display name.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out MailboxAddress? address) =>
        MailboxAddress.TryParse(text, out address)
        && IsSafe(address.Address)
        && address.Name?.AsSpan().ContainsAnyInRange('\0', '\u001f') != true;
}
