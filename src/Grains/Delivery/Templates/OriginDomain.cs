using System.Text.RegularExpressions;

namespace Otp.Delivery;

/// <summary>The host that a code can be bound to (WICG, origin-bound one-time codes): a domain name, in ASCII.</summary>
internal static partial class OriginDomain
{
    public static bool IsValid(string domain) => domain.Length <= SmsText.MaxDomainLength && HostName().IsMatch(domain);

    // An all-digit top label would be an IP address or nothing.
    [GeneratedRegex(
        @"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?![0-9]+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HostName();
}
