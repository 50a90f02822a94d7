using Otp.Bench.Comparison.Load;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>One kind of work on one system in one round.</summary>
/// <param name="System">The system.</param>
/// <param name="Work">The kind of work.</param>
/// <param name="Load">What came of it.</param>
/// <param name="Cpu">Processor time by what it was spent on.</param>
/// <param name="Commands">How often each Redis command was run, within scripts too.</param>
internal sealed record Measurement(
    SystemKind System,
    string Work,
    LoadResult Load,
    IReadOnlyDictionary<ProcessRole, TimeSpan> Cpu,
    IReadOnlyDictionary<string, long> Commands);
