namespace Otp.Hosting;

/// <summary>The answer of a health endpoint.</summary>
internal sealed record HealthAnswer(string Status);
