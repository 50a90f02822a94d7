namespace Orleans.Otp.Gateway.Operations;

/// <summary>The answer of a health endpoint.</summary>
internal sealed record HealthAnswer(string Status);
