using System.Globalization;
using System.Security.Cryptography;
using Otp.Hosting;

namespace Otp.Statistics;

/// <summary>Reports what this process counts and uses, more often while somebody watches. It never fails or delays the process.</summary>
internal sealed partial class StatisticsReporter(
    ProcessRole role,
    StatisticsCollector collector,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    Drain drain,
    TimeProvider time,
    ILogger<StatisticsReporter> logger,
    ILocalSiloDetails? silo = null) : BackgroundService
{
    private static readonly TimeSpan WatchedInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan UnwatchedInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LoadInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(2);

    private ProcessIdentity _process = null!;
    private ProcessLoad? _load;
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _cpuReadAt = time.GetTimestamp();
    private bool _isFailing;

    /// <summary>Begins to count once the silo of this process, if it has one, has started: its start is not counted.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _process = new ProcessIdentity(
            RandomNumberGenerator.GetHexString(16, lowercase: true),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}"),
            silo?.SiloAddress.Endpoint.ToString(),
            role,
            time.GetUtcNow());
        collector.Start();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, drain.Ended);
        try
        {
            await started.Task.WaitAsync(stop.Token);
            while (true)
            {
                var isWatched = await TryReportAsync(stop.Token);
                await Task.Delay(isWatched ? WatchedInterval : UnwatchedInterval, time, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process says that it stops, and does not wait for an answer. One that could not start has nothing to say.
            _ = started.Task.IsCompleted ? TryReportAsync(CancellationToken.None) : null;
        }
    }

    private async Task<bool> TryReportAsync(CancellationToken stop)
    {
        try
        {
            var now = time.GetUtcNow();
            var report = new ProcessReport(
                _process, drain.HasBegun, ReadLoad(), StatisticsHour.MinuteOf(now), collector.Read(now));
            var isWatched = await grains.GetGrain<IStatisticsGrain>(IStatisticsGrain.Key).Report(report).WaitAsync(ReportTimeout, time, stop);
            _isFailing = false;
            return isWatched;
        }
        catch (Exception exception)
        {
            if (!_isFailing && !drain.HasBegun)
            {
                _isFailing = true;
                LogFailed(exception.GetType().FullName);
            }

            return false;
        }
    }

    private ProcessLoad ReadLoad()
    {
        var elapsed = time.GetElapsedTime(_cpuReadAt);
        if (_load is null || elapsed >= LoadInterval)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var share = elapsed > TimeSpan.Zero ? Math.Clamp((cpu - _cpu) / (elapsed * Environment.ProcessorCount), 0, 1) : 0;
            (_cpu, _cpuReadAt) = (cpu, time.GetTimestamp());
            _load = new ProcessLoad(collector.CountActivations(), share, Environment.WorkingSet, ThreadPool.PendingWorkItemCount);
        }

        return _load;
    }

    [LoggerMessage(5002, LogLevel.Information, "The statistics of this process could not be reported: {ExceptionType}. It counts on and reports again")]
    private partial void LogFailed(string? exceptionType);
}

/// <summary>Registers what counts and reports this process's last hour.</summary>
public static class StatisticsServiceCollectionExtensions
{
    /// <summary>Adds the statistics, after whatever adds the silo or the client: they begin when it has started.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services, ProcessRole role) => services
        .AddSingleton<StatisticsCollector>()
        .AddHostedService(provider => ActivatorUtilities.CreateInstance<StatisticsReporter>(provider, role));
}
