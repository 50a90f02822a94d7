using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Otp.Statistics;

public sealed class StatisticsGrainTests : IAsyncLifetime
{
    private static readonly SeriesKey Sent = new(Measure.Sends, "19", "44", "sent");

    private readonly ManualTimeProvider _time = new();
    private readonly InProcessTestCluster _cluster;

    public StatisticsGrainTests() => _cluster = new InProcessTestClusterBuilder(1)
        .ConfigureSiloHost((_, host) =>
        {
            host.Services.AddSingleton<TimeProvider>(_time);
            host.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        })
        .Build();

    private IStatisticsGrain Grain => _cluster.Client.GetGrain<IStatisticsGrain>(IStatisticsGrain.Key);

    private int Bucket => StatisticsHour.BucketOf(_time.GetUtcNow());

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Bucket_that_is_reported_again_replaces_itself()
    {
        await Grain.Report(Report("a", 1, Count(3)));
        await Grain.Report(Report("a", 2, Count(5)));

        Assert.Equal(5, await CountSentAsync());
    }

    [Fact]
    public async Task Report_that_comes_after_a_later_one_changes_nothing()
    {
        await Grain.Report(Report("a", 2, Count(5)));
        await Grain.Report(Report("a", 1, Count(3)));

        Assert.Equal(5, await CountSentAsync());
    }

    [Fact]
    public async Task Processes_are_added_up()
    {
        await Grain.Report(Report("a", 1, Count(3)));
        await Grain.Report(Report("b", 1, Count(4)));

        Assert.Equal(7, await CountSentAsync());
        Assert.Equal(2, (await ReadAsync()).Processes.Length);
    }

    [Fact]
    public async Task Process_that_is_not_known_is_asked_for_its_whole_hour()
    {
        Assert.False(await Grain.Report(Report("a", 7, Count(3)) with { IsWhole = false }));
        Assert.Empty((await ReadAsync()).Processes);
        Assert.True(await Grain.Report(Report("a", 8, Count(3))));
        Assert.True(await Grain.Report(Report("a", 9, Count(4)) with { IsWhole = false }));

        Assert.Equal(4, await CountSentAsync());
    }

    [Fact]
    public async Task Counts_stand_in_their_minute_and_leave_after_an_hour()
    {
        await Grain.Report(Report("a", 1, Count(3)));
        _time.Advance(TimeSpan.FromMinutes(59));
        var series = Assert.Single((await ReadAsync()).Series);
        Assert.Equal((3, 0, 0), (series.Minutes[0], series.Minutes[^1], series.LastMinute[0]));

        _time.Advance(TimeSpan.FromMinutes(1));
        await Grain.Report(Report("a", 2) with { IsWhole = false });

        Assert.Equal(0, await CountSentAsync());
    }

    [Fact]
    public async Task Last_minute_is_of_six_buckets()
    {
        await Grain.Report(Report("a", 1, Count(3)));
        _time.Advance(TimeSpan.FromSeconds(50));
        await Grain.Report(Report("a", 2, Count(4)));
        Assert.Equal(7, Assert.Single((await ReadAsync()).Series).LastMinute[0]);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(4, Assert.Single((await ReadAsync()).Series).LastMinute[0]);
    }

    [Fact]
    public async Task Nothing_new_is_not_told_again()
    {
        await Grain.Report(Report("a", 1, Count(3)));
        var version = (await ReadAsync()).Version;

        Assert.Null(await Grain.Read(version));
        await Grain.Report(Report("a", 2, Count(4)));
        Assert.NotNull(await Grain.Read(version));
    }

    [Theory]
    [InlineData(false, ProcessState.Active, ProcessState.Silent)]
    [InlineData(true, ProcessState.Stopping, ProcessState.Stopped)]
    public async Task Process_that_is_not_heard_from_is_silent_unless_it_said_that_it_would_stop(bool isStopping, ProcessState now, ProcessState later)
    {
        await Grain.Report(Report("a", 1) with { IsStopping = isStopping });
        var first = await ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        var then = await Grain.Read(first.Version);

        Assert.Equal((now, later), (Assert.Single(first.Processes).State, Assert.Single(then!.Processes).State));
    }

    [Fact]
    public async Task Process_is_forgotten_an_hour_after_it_was_heard_from()
    {
        await Grain.Report(Report("a", 1));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Empty((await ReadAsync()).Processes);
    }

    [Fact]
    public async Task Each_process_has_its_own_storage_latency()
    {
        var lanes = new long[LatencyScale.Lanes];
        lanes[LatencyScale.LaneOf(2_000)] = 10;
        await Grain.Report(Report("a", 1, new SeriesReport(new(Measure.StorageCalls, "otp", "read", ""), [Bucket], [.. lanes])));
        await Grain.Report(Report("b", 1));

        var processes = (await ReadAsync()).Processes.ToDictionary(process => process.Process.Id);

        Assert.Equal(10, processes["a"].StorageCalls);
        Assert.InRange(processes["a"].StorageP99!.Value, 0.001, 0.0021);
        Assert.Null(processes["b"].StorageP99);
    }

    [Fact]
    public async Task Report_of_an_hour_at_its_busiest_fits_a_message()
    {
        // A million a bucket and lane, so 100,000 calls a second of each latency.
        const long busy = (1 << 20) - 1;
        ImmutableArray<int> hour = [.. Enumerable.Range(Bucket + 1 - StatisticsHour.Buckets, StatisticsHour.Buckets)];
        ImmutableArray<long> values = [.. Enumerable.Repeat(busy, StatisticsHour.Buckets * LatencyScale.Lanes)];
        var series = Enumerable.Range(0, ProcessReport.MaxSeries).Select(number => new SeriesReport(
            new SeriesKey(Measure.Deliveries, $"{number:0000000000000000}{new string('p', 48)}", "email", "provider_rejected"), hour, values));

        Assert.True(await Grain.Report(Report("a", 1, [.. series])));

        var lastMinute = (await ReadAsync()).Series.Sum(series => series.LastMinute.Sum());
        Assert.Equal(ProcessReport.MaxSeries * LatencyScale.Lanes * StatisticsHour.BucketsPerMinute * busy, lastMinute);
    }

    private async Task<StatisticsSnapshot> ReadAsync() => (await Grain.Read(0))!;

    private async Task<long> CountSentAsync() => (await ReadAsync()).Series.Sum(series => series.Minutes.Sum());

    private SeriesReport Count(long count) => new(Sent, [Bucket], [count]);

    private ProcessReport Report(string process, long sequence, params SeriesReport[] series) => new(
        new ProcessIdentity(process, $"host/{process}", null, ProcessRole.Gateway, _time.GetUtcNow()),
        sequence,
        IsStopping: false,
        new ProcessLoad(null, 0.5, 1, 0),
        IsWhole: true,
        [.. series]);
}
