using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Otp.Gateway.Tests.Harness;
using Otp.Hosting;
using Otp.Programs;
using Otp.Statistics;
using Otp.Telemetry;

namespace Otp.Gateway.Tests.Statistics;

// A gauge that throws here throws in every gateway of this process.
[Collection(nameof(StatisticsAlone))]
public sealed class ReporterTests : IAsyncDisposable
{
    private static readonly TimeSpan WatchedInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan UnwatchedInterval = TimeSpan.FromSeconds(2);

    private readonly string _program = RandomNumberGenerator.GetHexString(16);
    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedStatistics _grain = ScriptedStatistics.Create();
    private readonly CapturedLogs _logs = new();
    private readonly Lifetime _lifetime = new();
    private readonly Drain _drain;
    private readonly StatisticsCollector _collector;
    private readonly StatisticsReporter _reporter;
    private readonly Meter _meter = new(OtpTelemetry.Name);
    private readonly Counter<long> _sends;

    public ReporterTests()
    {
        _sends = _meter.CreateCounter<long>("otp.sends");
        _collector = new StatisticsCollector(_time);
        _drain = new Drain(Options.Create(new OtpOptions()), _lifetime, _time);
        _reporter = new StatisticsReporter(
            ProcessRole.Gateway, _collector, _grain.Factory, _lifetime, _drain, _time, new Logger<StatisticsReporter>(new LoggerFactory([_logs])));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _reporter.StopAsync(Cancellation);
        _reporter.Dispose();
        _drain.Dispose();
        _lifetime.Dispose();
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Each_report_holds_the_whole_hour()
    {
        await StartAsync();
        CountSend();
        _time.Advance(TimeSpan.FromMinutes(30));
        await NextAsync(_ => true);
        CountSend();

        Assert.Equal(2, SentIn(await NextAsync(report => SentIn(report) > 1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reports_come_every_two_seconds_and_more_often_while_somebody_watches(bool isWatched)
    {
        _grain.Answer = _ => Task.FromResult(isWatched);
        var start = _time.GetUtcNow();
        await StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await NextAsync(_ => true);
        }

        Assert.Equal((isWatched ? WatchedInterval : UnwatchedInterval) * 3, _time.GetUtcNow() - start);
    }

    [Fact]
    public async Task What_could_not_be_reported_is_reported_later_and_told_once()
    {
        _grain.Answer = _ => Task.FromException<bool>(new IOException("gone"));
        await StartAsync();
        CountSend();
        await NextAsync(report => SentIn(report) > 0);
        await NextAsync(report => SentIn(report) > 0);
        _grain.Answer = _ => Task.FromResult(true);

        Assert.Equal(1, SentIn(await NextAsync(_ => true)));
        Assert.Single(_logs.Lines, line => line.Contains("IOException", StringComparison.Ordinal));
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
            await Task.Yield();
        }

        fails = false;

        Assert.NotNull((await NextAsync(_ => true)).Load.Activations);
    }

    [Fact]
    public async Task Process_that_cannot_start_reports_and_logs_nothing()
    {
        await _reporter.StartAsync(Cancellation);

        await _reporter.StopAsync(Cancellation);

        Assert.Equal(0, _grain.Count);
        Assert.Empty(_logs.Lines);
    }

    [Fact]
    public async Task Stopping_process_says_so_and_does_not_wait_for_an_answer()
    {
        await StartAsync();
        await NextAsync(_ => true);
        _grain.Answer = _ => new TaskCompletionSource<bool>().Task;
        await _drain.StoppingAsync(Cancellation);

        await _reporter.StopAsync(Cancellation);

        Assert.True((await _grain.NextAsync()).IsStopping);
    }

    [Fact]
    public async Task Process_whose_reports_are_never_answered_stops_at_once()
    {
        _grain.Answer = _ => new TaskCompletionSource<bool>().Task;
        await StartAsync();
        await NextAsync(_ => true);

        await _reporter.StopAsync(Cancellation);

        Assert.True(_reporter.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Report_that_fails_as_the_process_stops_does_not_fail_the_process()
    {
        _grain.Answer = async _ =>
        {
            await _drain.StoppingAsync(Cancellation);
            throw new IOException("gone");
        };
        await StartAsync();

        await _reporter.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.True(_reporter.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_logs.Lines);
    }

    private async Task StartAsync()
    {
        await _reporter.StartAsync(Cancellation);
        _lifetime.Start();
    }

    private void CountSend() => _sends.Add(
        1,
        new KeyValuePair<string, object?>(OtpTags.Program, _program),
        new KeyValuePair<string, object?>(OtpTags.Channel, "email"),
        new KeyValuePair<string, object?>(OtpTags.Outcome, "sent"));

    // Other tests' gateways count on the same instruments: their reports say nothing of this test's program.
    private long SentIn(ProcessReport report) =>
        report.Series.Where(series => series.Key == new SeriesKey(Measure.Sends, _program, "email", "sent")).Sum(series => series.Minutes.Sum());

    private async Task<ProcessReport> NextAsync(Func<ProcessReport, bool> isWanted)
    {
        while (true)
        {
            // The reporter waits for its next report, or for an answer that a test withholds: what it has reported is there by then.
            await _time.WaitForTimersAsync(1, Cancellation);
            if (!_grain.TryNext(out var report))
            {
                _time.Advance(WatchedInterval);
            }
            else if (isWanted(report))
            {
                return report;
            }
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _started = new();
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => _started.Token;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void Start() => _started.Cancel();

        public void StopApplication() => _stopping.Cancel();

        public void Dispose()
        {
            _started.Dispose();
            _stopping.Dispose();
        }
    }
}
