using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using Otp.Statistics;
using Otp.Telemetry;

namespace Otp.Gateway.Tests.Statistics;

// What is counted here, every gateway of this process counts; and they would allocate here.
[Collection(nameof(StatisticsAlone))]
public sealed class CollectorTests : IDisposable
{
    private readonly string _program = RandomNumberGenerator.GetHexString(16);
    private readonly ManualTimeProvider _time = new();
    private readonly Meter _meter = new(OtpTelemetry.Name);
    private readonly Counter<long> _sends;
    private readonly Histogram<double> _storage;
    private readonly StatisticsCollector _collector;

    public CollectorTests()
    {
        _sends = _meter.CreateCounter<long>("otp.sends");
        _storage = _meter.CreateHistogram<double>("otp.storage.duration");
        _collector = new StatisticsCollector(_time);
        _collector.Start();
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Theory]
    [InlineData(OtpTags.Channel, "email")]
    [InlineData(OtpTags.CallingCode, "44")]
    public void Sends_are_kept_by_program_prefix_and_outcome(string tag, string prefix)
    {
        CountSend(_program, tag, prefix);

        Assert.Equal((1, 1), Read(new(Measure.Sends, _program, prefix, "sent")));
    }

    [Theory]
    [InlineData("delivered", "")]
    [InlineData("undelivered", "blocked")]
    public void Receipts_are_kept_by_provider_state_and_reason(string state, string reason)
    {
        var receipts = _meter.CreateCounter<long>("otp.delivery.receipts");
        receipts.Add(
            1,
            new KeyValuePair<string, object?>(OtpTags.Provider, _program),
            new KeyValuePair<string, object?>(OtpTags.State, state),
            new KeyValuePair<string, object?>(OtpTags.Reason, reason));

        Assert.Equal((1, 1), Read(new(Measure.Receipts, _program, state, reason)));
    }

    [Theory]
    [InlineData("delivered", "")]
    [InlineData("failed", "503")]
    public void Events_are_kept_by_program_failure_and_outcome(string outcome, string failure)
    {
        var events = _meter.CreateCounter<long>("otp.events");
        events.Add(
            1,
            new KeyValuePair<string, object?>(OtpTags.Program, _program),
            new KeyValuePair<string, object?>(OtpTags.Outcome, outcome),
            new KeyValuePair<string, object?>(OtpTags.ErrorType, failure));

        Assert.Equal((1, 1), Read(new(Measure.Events, _program, failure, outcome)));
    }

    [Fact]
    public void Counts_of_an_hour_ago_make_room()
    {
        CountSend(_program, OtpTags.Channel, "email");
        _time.Advance(TimeSpan.FromHours(1));
        CountSend(_program, OtpTags.Channel, "email");

        Assert.Equal((1, 1), Read(new(Measure.Sends, _program, "email", "sent")));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.DoesNotContain(_collector.Read(_time.GetUtcNow()), series => series.Key.Scope == _program);
    }

    [Fact]
    public void Last_minute_is_of_six_buckets()
    {
        CountSend(_program, OtpTags.Channel, "email");
        _time.Advance(TimeSpan.FromSeconds(50));
        CountSend(_program, OtpTags.Channel, "email");
        Assert.Equal((2, 2), Read(new(Measure.Sends, _program, "email", "sent")));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((2, 1), Read(new(Measure.Sends, _program, "email", "sent")));
    }

    [Fact]
    public void Clock_that_is_set_back_loses_no_count()
    {
        CountSend(_program, OtpTags.Channel, "email");
        var later = _time.GetUtcNow();
        var series = new Series(new(Measure.Sends, _program, "email", "sent"));
        series.Add(StatisticsHour.BucketOf(later), 1);
        series.Add(StatisticsHour.BucketOf(later) - StatisticsHour.Buckets, 1);

        Assert.Equal(2, series.Read(StatisticsHour.BucketOf(later)).LastMinute);
    }

    [Fact]
    public void Durations_are_counted_by_their_range()
    {
        TimeStorage(_program, 0.002);
        TimeStorage(_program, 0.002);

        Assert.Equal((2, 2), Read(new(Measure.StorageCalls, _program, "read", "", LatencyScale.RangeOf(0.002))));
    }

    [Fact]
    public void Ranges_of_durations_do_not_use_up_the_bound()
    {
        for (var i = 0; i < 2 * StatisticsCollector.MaxSeries / LatencyScale.Ranges; i++)
        {
            for (var range = 0; range < LatencyScale.Ranges; range++)
            {
                TimeStorage(_program + i.ToString(CultureInfo.InvariantCulture), (1 << range) / 1e6);
            }
        }

        Assert.DoesNotContain(
            _collector.Read(_time.GetUtcNow()),
            series => series.Key is { Measure: Measure.StorageCalls, Scope: SeriesKey.Other });
    }

    [Fact]
    public void Series_beyond_the_bound_count_together()
    {
        for (var i = 0; i < 10 * StatisticsCollector.MaxSeries; i++)
        {
            CountSend(_program + i.ToString(CultureInfo.InvariantCulture), OtpTags.Channel, "email");
            TimeStorage(_program + i.ToString(CultureInfo.InvariantCulture), 0.001);
        }

        var sends = _collector.Read(_time.GetUtcNow()).Count(series => series.Key.Measure == Measure.Sends);

        Assert.InRange(sends, 2, StatisticsCollector.MaxSeries + 16);
        Assert.InRange(
            Read(new(Measure.Sends, SeriesKey.Other, SeriesKey.Other, "sent")).Hour, (10 * StatisticsCollector.MaxSeries) - sends, long.MaxValue);
    }

    [Fact]
    public void Counting_in_a_known_series_allocates_nothing()
    {
        Count(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = TimeProvider.System.GetTimestamp();

        Count(100_000);

        var elapsed = TimeProvider.System.GetElapsedTime(start);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        TestContext.Current.TestOutputHelper?.WriteLine($"{elapsed.TotalNanoseconds / 200_000:0} ns a measurement");
    }

    [Fact]
    public void Parallel_counts_are_all_kept()
    {
        Parallel.For(0, 8, _ => Count(10_000));

        Assert.Equal(80_000, Read(new(Measure.Sends, _program, "email", "sent")).Hour);
        Assert.Equal(80_000, Read(new(Measure.StorageCalls, _program, "read", "", LatencyScale.RangeOf(0.001))).Hour);
    }

    private void Count(int times)
    {
        for (var i = 0; i < times; i++)
        {
            CountSend(_program, OtpTags.Channel, "email");
            TimeStorage(_program, 0.001);
        }
    }

    private void CountSend(string program, string tag, string prefix) => _sends.Add(
        1,
        new KeyValuePair<string, object?>(OtpTags.Program, program),
        new KeyValuePair<string, object?>(tag, prefix),
        new KeyValuePair<string, object?>(OtpTags.Outcome, "sent"));

    private void TimeStorage(string storage, double seconds) => _storage.Record(
        seconds,
        new KeyValuePair<string, object?>(OtpTags.Storage, storage),
        new KeyValuePair<string, object?>(OtpTags.StorageOperation, "read"));

    private (long Hour, long LastMinute) Read(SeriesKey key)
    {
        var series = Assert.Single(_collector.Read(_time.GetUtcNow()), series => series.Key == key);
        return (series.Minutes.Sum(), series.LastMinute);
    }
}
