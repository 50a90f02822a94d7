using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Otp.Gateway.Tests.Harness;
using Otp.Statistics;
using Otp.Telemetry;

namespace Otp.Gateway.Tests.Statistics;

// A gauge that throws here throws in every gateway of this process.
[Collection(nameof(StatisticsAlone))]
public sealed class ReporterTests : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly string _program = RandomNumberGenerator.GetHexString(16);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedStatistics _grain = ScriptedStatistics.Create();
    private readonly CapturedLogs _logs = new();
    private readonly Lifetime _lifetime = new();
    private readonly MovingTime _reportersTime;
    private readonly StatisticsCollector _collector;
    private readonly StatisticsReporter _reporter;
    private readonly Meter _meter = new(OtpTelemetry.Name);
    private readonly Counter<long> _sends;

    public ReporterTests()
    {
        _sends = _meter.CreateCounter<long>("otp.sends");
        _reportersTime = new MovingTime(_time);
        _collector = new StatisticsCollector(_time);
        _collector.Start();
        _reporter = new StatisticsReporter(
            ProcessRole.Gateway, _collector, _grain.Factory, _lifetime, _reportersTime, RandomNumberGenerator.Create(), new Logger<StatisticsReporter>(new LoggerFactory([_logs])));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _reporter.StopAsync(Cancellation);
        _reporter.Dispose();
        _lifetime.Dispose();
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task First_report_is_whole_and_the_next_has_what_changed()
    {
        CountSend();
        await StartAsync();
        var first = await NextWithSendsAsync();
        CountSend();
        var next = await NextWithSendsAsync();

        Assert.Equal((true, false), (first.IsWhole, next.IsWhole));
        Assert.Equal(2, Sent([first, next]).GroupBy(sent => sent.Bucket).Sum(bucket => bucket.Last().Count));
    }

    [Fact]
    public async Task Grain_that_has_forgotten_gets_the_whole_hour_again()
    {
        CountSend();
        await StartAsync();
        await NextWithSendsAsync();
        _time.Advance(TimeSpan.FromMinutes(30));
        CountSend();
        _grain.Answer = report => Task.FromResult(report.IsWhole);

        Assert.Equal(1, SentIn(await NextWithSendsAsync()));
        var whole = await NextWithSendsAsync();

        Assert.Equal((true, 2), (whole.IsWhole, SentIn(whole)));
    }

    [Fact]
    public async Task Hour_of_many_series_comes_in_several_reports_and_is_begun_anew_if_one_is_lost()
    {
        var outcomes = Enumerable.Range(0, ProcessReport.MaxSeries * 2).Select(number => $"outcome{number}").ToArray();
        Array.ForEach(outcomes, CountSend);
        var parts = 0;
        _grain.Answer = report =>
            !report.IsWhole && parts++ == 0 ? Task.FromException<bool>(new IOException("gone")) : Task.FromResult(true);
        await StartAsync();

        var reports = new List<ProcessReport> { await _grain.NextAsync(), await _grain.NextAsync() };
        _time.Advance(TimeSpan.FromMinutes(10));
        while (Series(reports.Skip(2)).Distinct().Count() < outcomes.Length)
        {
            reports.Add(await NextAsync(_ => true));
        }

        Assert.Equal([true, false, true, false], reports.Take(4).Select(report => report.IsWhole));
        Assert.All(reports, report => Assert.InRange(report.Series.Length, 0, ProcessReport.MaxSeries));
        Assert.Equal(reports.Select(report => report.Sequence).Order(), reports.Select(report => report.Sequence));
    }

    [Fact]
    public async Task What_cannot_be_measured_is_told_and_does_not_end_the_reports()
    {
        using var engine = new Meter("Microsoft.Orleans");
        var fails = true;
        engine.CreateObservableGauge("orleans-catalog-activations", () => fails ? throw new InvalidOperationException("no catalog") : 7L);
        await StartAsync();
        while (_logs.Lines.Count == 0)
        {
            _time.Advance(Pace);
            await Task.Yield();
        }

        fails = false;

        Assert.NotNull((await NextAsync(_ => true)).Load.Activations);
    }

    [Fact]
    public async Task What_could_not_be_reported_is_reported_later()
    {
        _grain.Answer = _ => Task.FromException<bool>(new IOException("gone"));
        CountSend();
        await StartAsync();
        await NextWithSendsAsync();
        await NextWithSendsAsync();
        _grain.Answer = _ => Task.FromResult(true);

        Assert.Equal(1, SentIn(await NextWithSendsAsync()));
        Assert.Single(_logs.Lines, line => line.Contains("IOException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_counted_while_a_report_is_made_is_in_the_next()
    {
        await StartAsync();
        CountSend();
        await NextWithSendsAsync();
        _reportersTime.WhenAsked = () =>
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            CountSend();
        };

        var reports = new List<ProcessReport>();
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            reports.Add(await _grain.NextAsync());
        }

        Assert.Equal(1, Sent(reports).Where(sent => sent.Bucket == StatisticsHour.BucketOf(_reportersTime.Moved)).Max(sent => (long?)sent.Count));
    }

    [Fact]
    public async Task Silent_process_is_heard_from_every_two_seconds()
    {
        await StartAsync();
        var sequences = new List<long> { (await _grain.NextAsync()).Sequence };
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            sequences.Add((await _grain.NextAsync()).Sequence);
        }

        Assert.Equal([1, 2, 3, 4], sequences);
    }

    [Fact]
    public async Task Stopping_process_says_so_and_does_not_wait_for_an_answer()
    {
        await StartAsync();
        await _grain.NextAsync();
        _grain.Answer = _ => new TaskCompletionSource<bool>().Task;
        _lifetime.StopApplication();

        await _reporter.StopAsync(Cancellation);

        Assert.True((await NextAsync(report => report.IsStopping)).IsStopping);
    }

    [Fact]
    public async Task Process_whose_reports_are_never_answered_stops_at_once()
    {
        _grain.Answer = _ => new TaskCompletionSource<bool>().Task;
        await StartAsync();
        await _grain.NextAsync();

        await _reporter.StopAsync(Cancellation);

        Assert.True(_reporter.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Report_that_fails_as_the_process_stops_does_not_fail_the_process()
    {
        _grain.Answer = _ =>
        {
            _lifetime.StopApplication();
            return Task.FromException<bool>(new IOException("gone"));
        };
        await StartAsync();

        await _reporter.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.True(_reporter.ExecuteTask!.IsCompletedSuccessfully);
    }

    private Task StartAsync() => _reporter.StartAsync(Cancellation);

    private void CountSend() => CountSend("sent");

    private void CountSend(string outcome) => _sends.Add(
        1,
        new KeyValuePair<string, object?>(OtpTags.Program, _program),
        new KeyValuePair<string, object?>(OtpTags.Channel, "email"),
        new KeyValuePair<string, object?>(OtpTags.Outcome, outcome));

    private IEnumerable<SeriesKey> Series(IEnumerable<ProcessReport> reports) =>
        reports.SelectMany(report => report.Series).Select(series => series.Key).Where(key => key.Scope == _program);

    private long SentIn(ProcessReport report) => Sent([report]).Sum(sent => sent.Count);

    private IEnumerable<(int Bucket, long Count)> Sent(IEnumerable<ProcessReport> reports) =>
        from report in reports
        from series in report.Series
        where series.Key == new SeriesKey(Measure.Sends, _program, "email", "sent")
        from sent in series.Buckets.Zip(series.Values)
        select sent;

    // Other tests' gateways count on the same instruments: their reports say nothing of this test's program.
    private Task<ProcessReport> NextWithSendsAsync() => NextAsync(report => SentIn(report) > 0);

    private async Task<ProcessReport> NextAsync(Func<ProcessReport, bool> isWanted)
    {
        while (true)
        {
            var next = _grain.NextAsync().AsTask();
            while (!next.IsCompleted)
            {
                _time.Advance(Pace);
                await Task.Yield();
            }

            if (isWanted(await next))
            {
                return await next;
            }
        }
    }

    /// <summary>A clock that moves on just after it was read.</summary>
    private sealed class MovingTime(ManualTimeProvider time) : TimeProvider
    {
        private Action? _whenAsked;

        public Action WhenAsked
        {
            set => _whenAsked = value;
        }

        /// <summary>To when.</summary>
        public DateTimeOffset Moved { get; private set; }

        public override long TimestampFrequency => time.TimestampFrequency;

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);

        public override DateTimeOffset GetUtcNow()
        {
            var now = time.GetUtcNow();
            if (Interlocked.Exchange(ref _whenAsked, null) is { } act)
            {
                act();
                Moved = time.GetUtcNow();
            }

            return now;
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
