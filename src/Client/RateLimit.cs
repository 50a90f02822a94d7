using System.Globalization;
using System.Text.RegularExpressions;

namespace Otp.Client;

/// <summary>How full a target's closest window is (header <c>RateLimit</c>, draft-ietf-httpapi-ratelimit-headers).</summary>
/// <param name="Window">Its name, such as <c>hour</c>.</param>
/// <param name="Remaining">Sends left in it.</param>
/// <param name="Reset">When the next is given back, in whole seconds.</param>
public sealed partial record RateLimit(string Window, int Remaining, TimeSpan Reset)
{
    internal static RateLimit? Parse(string? header) =>
        header is not null && Form().Match(header) is { Success: true } match
        && int.TryParse(match.Groups["r"].ValueSpan, CultureInfo.InvariantCulture, out var remaining)
        && int.TryParse(match.Groups["t"].ValueSpan, CultureInfo.InvariantCulture, out var seconds)
            ? new RateLimit(match.Groups["name"].Value, remaining, TimeSpan.FromSeconds(seconds))
            : null;

    [GeneratedRegex("^\"(?<name>[^\"]+)\";r=(?<r>[0-9]+);t=(?<t>[0-9]+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
