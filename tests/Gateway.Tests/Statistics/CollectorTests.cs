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

    private int Bucket => StatisticsHour.BucketOf(_time.GetUtcNow());

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

        Assert.Equal([1], Read(new(Measure.Sends, _program, prefix, "sent")).Values);
    }

    [Fact]
    public void Counts_of_an_hour_ago_make_room()
    {
        CountSend(_program, OtpTags.Channel, "email");
        _time.Advance(TimeSpan.FromHours(1));
        CountSend(_program, OtpTags.Channel, "email");

        var report = Read(new(Measure.Sends, _program, "email", "sent"));

        Assert.Equal((Bucket, 1), (Assert.Single(report.Buckets), Assert.Single(report.Values)));
    }

    [Fact]
    public void Durations_are_kept_as_their_sum_and_their_ranges()
    {
        TimeStorage(_program, 0.002);
        TimeStorage(_program, 0.002);

        var values = Read(new(Measure.StorageCalls, _program, "read", "")).Values;

        Assert.Equal((4_000, 2), (values[0], values[LatencyScale.LaneOf(2_000)]));
    }

    [Fact]
    public void Series_beyond_the_bound_count_together()
    {
        for (var i = 0; i < 10 * StatisticsCollector.MaxCounters; i++)
        {
            CountSend(_program + i.ToString(CultureInfo.InvariantCulture), OtpTags.Channel, "email");
            TimeStorage(_program + i.ToString(CultureInfo.InvariantCulture), 0.001);
        }

        var sends = _collector.All.Where(series => series.Key.Measure == Measure.Sends).ToList();
        var other = Read(new(Measure.Sends, SeriesKey.Other, SeriesKey.Other, "sent"));

        Assert.InRange(_collector.All.Count(), 2, StatisticsCollector.MaxCounters + StatisticsCollector.MaxTimings + 64);
        Assert.InRange(other.Values[0], (10 * StatisticsCollector.MaxCounters) - sends.Count, long.MaxValue);
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

        Assert.Equal(80_000, Read(new(Measure.Sends, _program, "email", "sent")).Values.Sum());
        Assert.Equal(80_000, LatencyScale.Count(Read(new(Measure.StorageCalls, _program, "read", "")).Values.AsSpan()));
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

    private SeriesReport Read(SeriesKey key) =>
        Assert.Single(_collector.All, series => series.Key == key).Value.Read(Bucket + 1 - StatisticsHour.Buckets, Bucket);
}
