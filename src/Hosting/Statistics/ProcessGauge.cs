namespace Otp.Statistics;

/// <summary>Reads what this process uses.</summary>
internal sealed class ProcessGauge(StatisticsCollector collector, TimeProvider time)
{
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _readAt = time.GetTimestamp();

    /// <summary>What it uses now, and of the processors since the time before.</summary>
    public ProcessLoad Read()
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var now = time.GetTimestamp();
        var wall = time.GetElapsedTime(_readAt, now) * Environment.ProcessorCount;
        var share = wall > TimeSpan.Zero ? Math.Min(1, (cpu - _cpu) / wall) : 0;
        (_cpu, _readAt) = (cpu, now);
        return new ProcessLoad(collector.CountActivations(), share, Environment.WorkingSet, ThreadPool.PendingWorkItemCount);
    }
}
