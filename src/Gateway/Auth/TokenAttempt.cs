namespace Otp.Gateway.Auth;

/// <summary>What came of a client's try to prove who it is.</summary>
/// <param name="Client">The client, if it did.</param>
/// <param name="RetryAfter">How long until another try is looked at, if this one was not.</param>
internal readonly record struct TokenAttempt(ApiClient? Client, TimeSpan? RetryAfter = null);
