namespace Otp.Hosting;

/// <summary>The answer of a health endpoint.</summary>
public sealed record HealthAnswer(string Status);
