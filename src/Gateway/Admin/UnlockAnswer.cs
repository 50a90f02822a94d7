namespace Otp.Gateway.Admin;

/// <summary>Whether there was a lockout to lift.</summary>
internal sealed record UnlockAnswer(bool WasLocked);
