namespace Otp.Gateway.Operations;

/// <summary>How many of the codes that were sent came back right, in the last hour.</summary>
/// <param name="Prefix">A country calling code, or <c>email</c>.</param>
/// <param name="Sent">Codes sent.</param>
/// <param name="Verified">Codes verified.</param>
internal sealed record Conversion(string Prefix, long Sent, long Verified);
