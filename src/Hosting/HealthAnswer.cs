namespace Otp.Hosting;

/// <summary>Whether the process serves.</summary>
/// <param name="Status"><c>Healthy</c> or <c>Unhealthy</c>.</param>
public sealed record HealthAnswer(string Status);
