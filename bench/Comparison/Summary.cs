using System.Collections.Immutable;
using Otp.Bench.Comparison.Systems;

namespace Otp.Bench.Comparison;

/// <summary>One kind of work on one system: the medians of all rounds.</summary>
/// <param name="System">The system, by its title.</param>
/// <param name="Work">The kind of work.</param>
/// <param name="RequestsPerSecond">Answered as expected.</param>
/// <param name="Ratio">That, to the stateless design's; the median of the rounds' own ratios. Null where there is none.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="Cpu">Processor time a request in microseconds, by role.</param>
/// <param name="Commands">Redis commands a request, within scripts too.</param>
internal sealed record Summary(
    string System,
    string Work,
    double RequestsPerSecond,
    double? Ratio,
    double P50,
    double P99,
    IReadOnlyDictionary<ProcessRole, double> Cpu,
    IReadOnlyDictionary<string, double> Commands)
{
    /// <summary>Sums up all rounds, ordered by work and then by system.</summary>
    public static IReadOnlyList<Summary> Of(IReadOnlyList<List<Measurement>> rounds, ImmutableArray<SystemKind> systems)
    {
        var works = rounds[0].Select(m => m.Work).Distinct().ToList();
        return
        [
            .. from cell in rounds.SelectMany(round => round).GroupBy(m => (m.System, m.Work))
               orderby works.IndexOf(cell.Key.Work), systems.IndexOf(cell.Key.System)
               select Of(cell.Key.System, cell.Key.Work, [.. cell], rounds),
        ];
    }

    private static Summary Of(SystemKind system, string work, List<Measurement> cell, IReadOnlyList<List<Measurement>> rounds)
    {
        var ratios = rounds
            .Select(round => (Own: Rate(round, system, work), Other: Rate(round, SystemKind.Stateless, work)))
            .Where(pair => pair.Other > 0)
            .Select(pair => pair.Own / pair.Other)
            .ToList();
        return new Summary(
            system.Title,
            work,
            Median(cell, m => m.Load.Requests / m.Load.Elapsed.TotalSeconds),
            ratios.Count > 0 ? Median(ratios, ratio => ratio) : null,
            Median(cell, m => m.Load.P50.TotalMilliseconds),
            Median(cell, m => m.Load.P99.TotalMilliseconds),
            cell[0].Cpu.Keys.ToDictionary(role => role, role => Median(cell, m => m.Cpu[role].TotalMicroseconds / m.Load.Requests)),
            cell.SelectMany(m => m.Commands.Keys).Distinct(StringComparer.Ordinal)
                .Select(name => (Name: name, Count: Median(cell, m => (double)m.Commands.GetValueOrDefault(name) / m.Load.Requests)))
                .Where(command => command.Count >= 0.005)
                .ToDictionary(command => command.Name, command => command.Count, StringComparer.Ordinal));
    }

    private static double Rate(List<Measurement> round, SystemKind system, string work) =>
        round.Where(m => m.System == system && m.Work == work).Select(m => m.Load.Requests / m.Load.Elapsed.TotalSeconds).FirstOrDefault();

    private static double Median<T>(IReadOnlyCollection<T> values, Func<T, double> of)
    {
        var sorted = values.Select(of).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
