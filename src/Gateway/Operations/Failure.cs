namespace Otp.Gateway.Operations;

/// <summary>How often something failed for one reason, in the last hour.</summary>
internal sealed record Failure(string Reason, long Count);
