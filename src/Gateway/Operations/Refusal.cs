namespace Otp.Gateway.Operations;

/// <summary>How often something was refused for one reason.</summary>
/// <param name="What"><c>send</c>, <c>verify</c>, or <c>request</c> for a limit on callers.</param>
/// <param name="Reason">The outcome's name.</param>
/// <param name="Hour">In the last hour.</param>
/// <param name="LastMinute">In the last minute.</param>
internal sealed record Refusal(string What, string Reason, long Hour, long LastMinute);
