using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Otp.Statistics;

/// <summary>
/// Reports what this process counts and uses: soon after something was counted, and otherwise often enough to be heard from. It never
/// fails the process and never keeps it from stopping.
/// </summary>
internal sealed partial class StatisticsReporter(
    ProcessRole role,
    StatisticsCollector collector,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    RandomNumberGenerator random,
    ILogger<StatisticsReporter> logger,
    ILocalSiloDetails? silo = null) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenComplaints = TimeSpan.FromMinutes(1);

    private readonly ProcessGauge _gauge = new(collector, time);
    private ProcessIdentity _process = null!;
    private ProcessLoad? _load;
    private long _sequence;
    private long? _loadedAt;
    private long _reportedAt;
    private long? _complainedAt;
    private int _acknowledgedBucket;
    private bool _isKnown;

    /// <summary>Begins to count once the silo of this process, if it has one, has started: the start itself is not to be counted.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Span<byte> id = stackalloc byte[8];
        random.GetBytes(id);
        _process = new ProcessIdentity(
            Convert.ToHexStringLower(id),
            string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}"),
            silo?.SiloAddress.Endpoint.ToString(),
            role,
            time.GetUtcNow());
        collector.Start();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            do
            {
                var isDue = _loadedAt is not { } loadedAt || time.GetElapsedTime(loadedAt) >= Heartbeat;
                if (isDue || (time.GetElapsedTime(_reportedAt) >= Pace && (!_isKnown || collector.News.Any())))
                {
                    _reportedAt = time.GetTimestamp();
                    await TryReportAsync(isDue, stop.Token);
                }
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is counted from here on goes with the process; that it goes is said, and nobody waits for it to be heard.
            _ = TryReportAsync(isDue: false, CancellationToken.None);
        }
    }

    private async Task TryReportAsync(bool isDue, CancellationToken stop)
    {
        try
        {
            await ReportAsync(isDue, stop);
        }
        catch (Exception exception)
        {
            var isQuiet = stop.IsCancellationRequested || (_complainedAt is { } last && time.GetElapsedTime(last) < BetweenComplaints);
            if (!isQuiet)
            {
                _complainedAt = time.GetTimestamp();
                LogFailed(exception.GetType().FullName);
            }
        }
    }

    private async Task ReportAsync(bool isDue, CancellationToken stop)
    {
        if (isDue || _load is null)
        {
            _loadedAt = time.GetTimestamp();
            _load = _gauge.Read();
        }

        var isKnown = _isKnown;
        var news = (isKnown ? collector.News : collector.All).Select(series => (series.Value, series.Value.Changes)).ToList();

        // Only now: what the changes above have counted is in this bucket or an earlier one.
        var bucket = StatisticsHour.BucketOf(time.GetUtcNow());

        // One bucket back: a count that began just before a bucket's end may have come to it after the report.
        var first = isKnown ? _acknowledgedBucket - 1 : bucket + 1 - StatisticsHour.Buckets;
        foreach (var part in news.Chunk(ProcessReport.MaxSeries).DefaultIfEmpty([]))
        {
            ImmutableArray<SeriesReport> reports = [.. part.Select(series => series.Value.Read(first, bucket))];
            var isStopping = lifetime.ApplicationStopping.IsCancellationRequested;
            var report = new ProcessReport(_process, ++_sequence, isStopping, _load, IsWhole: !isKnown, reports);
            isKnown = await grains.GetGrain<IStatisticsGrain>(IStatisticsGrain.Key).Report(report).WaitAsync(Patience, time, stop);
            if (!isKnown)
            {
                break;
            }
        }

        _isKnown = isKnown;
        if (isKnown)
        {
            _acknowledgedBucket = bucket;
            foreach (var (series, changes) in news)
            {
                series.Acknowledge(changes);
            }
        }
    }
}
