namespace Otp.Programs;

/// <summary>A rolling span of <paramref name="Period"/> that allows <paramref name="Limit"/> sends.</summary>
public sealed record Window(string Name, int Limit, TimeSpan Period);
