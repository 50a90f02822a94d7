namespace Orleans.Otp.Delivery;

/// <summary>Addresses as they may stand in an SMTP command or in a header.</summary>
internal static class SmtpAddress
{
    /// <summary>Whether an address is ASCII without anything that could end or extend a command: no space, control, bracket or quote.</summary>
    public static bool IsSafe(string address) =>
        address.IndexOf('@') > 0
        && address.Length <= 254
        && !address.AsSpan().ContainsAnyExceptInRange('!', '~')
        && address.AsSpan().IndexOfAny('<', '>', '"') < 0;
}
