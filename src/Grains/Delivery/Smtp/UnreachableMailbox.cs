using System.Text;
using System.Text.RegularExpressions;

namespace Otp.Delivery;

/// <summary>Which permanent refusals say that nobody reaches a mailbox. All others are about us, and must alert somebody.</summary>
internal static partial class UnreachableMailbox
{
    /// <summary>Whether a refusal says so by its enhanced status code, at whatever step.</summary>
    /// <param name="line">The answer's first line.</param>
    public static bool IsToldBy(ReadOnlySpan<byte> line) => Status().IsMatch(Encoding.Latin1.GetString(line));

    /// <summary>Whether the refusal of a recipient says so, by its enhanced status code or, without one, in words.</summary>
    /// <param name="line">The answer's first line.</param>
    public static bool IsToldByRecipientRefusal(ReadOnlySpan<byte> line) => IsToldBy(line) || Words().IsMatch(Encoding.Latin1.GetString(line));

    // RFC 3463 and RFC 7505: no such mailbox (1.1; 1.0 and 4.1 by some servers), no such domain or none that takes mail (1.2, 1.10, 4.4), no
    // address at all (1.3), moved (1.6), disabled (2.1), full (2.2).
    [GeneratedRegex(
        @"^5[0-9]{2}[ -]#?5\.(1\.(0|1|2|3|6|10)|2\.[12]|4\.[14])(?![0-9.])(?!.*(relay|sender))",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Status();

    [GeneratedRegex(
        @"^55[0136][ -](?!#?[245]\.[0-9])(?!.*(relay|sender|spam|policy|block))(?=.*(user|mailbox|recipient|address|account))"
        + @".*(no such|unknown|not found|n[o']t exist|invalid|unavailable|disabled|inactive|unrout|full|quota)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
