using Otp.Statistics;

namespace Otp.Gateway.Operations;

/// <summary>How one process does.</summary>
/// <param name="Name">The silo's address, or the machine and process.</param>
/// <param name="Host">The machine and the process' number on it.</param>
/// <param name="Role">What it is.</param>
/// <param name="State">How it is doing.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="HeardAt">When it was last heard from.</param>
/// <param name="Activations">Grains in memory; null where there is no silo.</param>
/// <param name="Cpu">Share of the machine's processors, 0 to 1.</param>
/// <param name="Memory">In bytes.</param>
/// <param name="QueuedWork">Work that waits for a thread.</param>
/// <param name="StorageCalls">Round trips to storage in the last hour.</param>
/// <param name="StorageP50">Their median, in milliseconds.</param>
/// <param name="StorageP99">Their 99th percentile, in milliseconds.</param>
internal sealed record ProcessView(
    string Name,
    string Host,
    ProcessRole Role,
    ProcessState State,
    DateTimeOffset StartedAt,
    DateTimeOffset HeardAt,
    long? Activations,
    double Cpu,
    long Memory,
    long QueuedWork,
    long StorageCalls,
    double? StorageP50,
    double? StorageP99)
{
    public static ProcessView Of(ProcessStatus status) => new(
        status.Process.Silo ?? status.Process.Host,
        status.Process.Host,
        status.Process.Role,
        status.State,
        status.Process.StartedAt,
        status.HeardAt,
        status.Load.Activations,
        Math.Round(status.Load.Cpu, 3),
        status.Load.WorkingSet,
        status.Load.QueuedWork,
        status.StorageCalls,
        Milliseconds(status.StorageMedian),
        Milliseconds(status.StorageP99));

    private static double? Milliseconds(double? seconds) => seconds is { } known ? Math.Round(known * 1e3, 2) : null;
}
