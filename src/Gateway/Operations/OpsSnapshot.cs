using System.Collections.Concurrent;
using System.Collections.Immutable;
using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>One state of the figures, written once for each program whose people watch.</summary>
internal sealed class OpsSnapshot(StatisticsSnapshot statistics)
{
    private readonly ConcurrentDictionary<string, byte[]> _json = new(StringComparer.Ordinal);

    public long Version => statistics.Version;

    private ImmutableArray<ProcessStatus> Processes => statistics.Processes;

    /// <summary>
    /// Goes on from an earlier snapshot. A grain that is new knows the processes that have reported to it since, not the silo that the one
    /// before it died with: a process that was shown before goes on to be shown, by how long ago it was heard from.
    /// </summary>
    public static OpsSnapshot After(OpsSnapshot? earlier, StatisticsSnapshot statistics, DateTimeOffset now)
    {
        if (earlier is null)
        {
            return new OpsSnapshot(statistics);
        }

        var reported = statistics.Processes.Select(process => process.Process.Id).ToHashSet(StringComparer.Ordinal);
        var missing = earlier.Processes
            .Where(process => !reported.Contains(process.Process.Id) && now - process.HeardAt < StatisticsSnapshot.ForgottenAfter)
            .OrderByDescending(process => process.HeardAt)
            .Take(StatisticsSnapshot.MaxProcesses - statistics.Processes.Length)
            .Select(process => process with
            {
                State = ProcessStatus.StateOf(process.State is ProcessState.Stopping or ProcessState.Stopped, now - process.HeardAt),
            });
        return new OpsSnapshot(statistics with { Processes = [.. statistics.Processes.Concat(missing).OrderBy(process => process.Process.StartedAt)] });
    }

    /// <summary>What the people of a program see; null for all programs.</summary>
    public byte[] JsonFor(string? program) => _json.GetOrAdd(
        program ?? string.Empty,
        static (_, view) => JsonSerializer.SerializeToUtf8Bytes(OpsView.Of(view.statistics, view.program), OpsJson.Figures.OpsView),
        (statistics, program));
}
