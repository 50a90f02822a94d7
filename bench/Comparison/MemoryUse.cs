namespace Otp.Bench.Comparison;

/// <summary>What a live target takes: one code sent, nothing over yet.</summary>
/// <param name="System">The system, by its title.</param>
/// <param name="ProcessBytes">Resident in the system's processes, per target.</param>
/// <param name="RedisBytes">In Redis, per target.</param>
internal sealed record MemoryUse(string System, double ProcessBytes, double RedisBytes);
