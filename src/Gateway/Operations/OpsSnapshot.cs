using System.Collections.Concurrent;
using Orleans.Otp.Statistics;

namespace Orleans.Otp.Gateway.Operations;

/// <summary>One state of the figures, written once for each program whose people watch.</summary>
internal sealed class OpsSnapshot(StatisticsSnapshot statistics)
{
    private readonly ConcurrentDictionary<string, byte[]> _json = new(StringComparer.Ordinal);

    public long Version => statistics.Version;

    /// <summary>What the people of a program see; null for all programs.</summary>
    public byte[] JsonFor(string? program) => _json.GetOrAdd(
        program ?? string.Empty,
        static (_, view) => JsonSerializer.SerializeToUtf8Bytes(OpsView.Of(view.statistics, view.program), OpsJson.Figures.OpsView),
        (statistics, program));
}
