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

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Report_replaces_the_one_before()
    {
        await Grain.Report(Report("a", Count(3)));
        await Grain.Report(Report("a", Count(5)));

        Assert.Equal(5, await CountSentAsync());
    }

    [Fact]
    public async Task Processes_are_added_up()
    {
        await Grain.Report(Report("a", Count(3)));
        await Grain.Report(Report("b", Count(4)));

        Assert.Equal(7, await CountSentAsync());
        Assert.Equal(2, (await ReadAsync()).Processes.Length);
    }

    [Fact]
    public async Task Counts_of_a_silent_process_move_back_by_the_minute_and_leave_after_an_hour()
    {
        await Grain.Report(Report("a", Count(3)));
        var first = Assert.Single((await ReadAsync()).Series);
        _time.Advance(TimeSpan.FromMinutes(59));
        var later = Assert.Single((await ReadAsync()).Series);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, Assert.Single((await ReadAsync()).Series).Minutes[^1]);

        Assert.Equal((3, 3), (first.Minutes[^1], first.LastMinute));
        Assert.Equal((3, 0, 0), (later.Minutes[0], later.Minutes[^1], later.LastMinute));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await CountSentAsync());
    }

    [Fact]
    public async Task Process_whose_clock_is_ahead_counts_in_the_current_minute()
    {
        await Grain.Report(Report("a", Count(3)) with { Minute = StatisticsHour.MinuteOf(_time.GetUtcNow()) + 1 });

        Assert.Equal(3, Assert.Single((await ReadAsync()).Series).Minutes[^1]);
    }

    [Fact]
    public async Task Reports_are_wanted_more_often_while_somebody_reads()
    {
        Assert.False(await Grain.Report(Report("a")));
        await Grain.Read();
        Assert.True(await Grain.Report(Report("a")));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await Grain.Report(Report("a")));
    }

    [Theory]
    [InlineData(false, ProcessState.Active, ProcessState.Silent)]
    [InlineData(true, ProcessState.Stopping, ProcessState.Stopped)]
    public async Task Process_that_is_not_heard_from_is_silent_unless_it_said_that_it_would_stop(bool isStopping, ProcessState now, ProcessState later)
    {
        await Grain.Report(Report("a") with { IsStopping = isStopping });
        var first = await ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        var then = await ReadAsync();

        Assert.Equal((now, later), (Assert.Single(first.Processes).State, Assert.Single(then.Processes).State));
    }

    [Fact]
    public async Task Process_that_is_stopping_stays_so_when_an_earlier_report_comes_late()
    {
        await Grain.Report(Report("a") with { IsStopping = true });
        await Grain.Report(Report("a"));

        Assert.Equal(ProcessState.Stopping, Assert.Single((await ReadAsync()).Processes).State);
    }

    [Fact]
    public async Task Process_is_forgotten_an_hour_after_it_was_heard_from()
    {
        await Grain.Report(Report("a"));
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Empty((await ReadAsync()).Processes);
    }

    [Fact]
    public async Task Each_process_has_its_own_storage_latency()
    {
        await Grain.Report(Report("a", Count(10) with { Key = new(Measure.StorageCalls, "otp", "read", "", LatencyScale.RangeOf(0.002)) }));
        await Grain.Report(Report("b"));

        var processes = (await ReadAsync()).Processes.ToDictionary(process => process.Process.Id);

        Assert.InRange(processes["a"].StorageP99!.Value, 1, 2.1);
        Assert.Null(processes["b"].StorageP99);
    }

    [Fact]
    public async Task Processes_beyond_the_bound_displace_the_ones_heard_from_the_longest_ago()
    {
        for (var i = 0; i <= StatisticsSnapshot.MaxProcesses; i++)
        {
            await Grain.Report(Report($"p{i}"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var processes = (await ReadAsync()).Processes;
        Assert.Equal(StatisticsSnapshot.MaxProcesses, processes.Length);
        Assert.DoesNotContain(processes, process => process.Process.Id == "p0");
    }

    private Task<StatisticsSnapshot> ReadAsync() => Grain.Read();

    private async Task<long> CountSentAsync() => (await ReadAsync()).Series.Sum(series => series.Minutes.Sum());

    private static SeriesHistory Count(long count) => new(Sent, [.. Enumerable.Repeat(0L, StatisticsHour.Minutes - 1), count], count);

    private ProcessReport Report(string process, params SeriesHistory[] series) => new(
        new ProcessIdentity(process, $"host/{process}", null, ProcessRole.Gateway, _time.GetUtcNow()),
        IsStopping: false,
        new ProcessLoad(null, 0.5, 1, 0),
        StatisticsHour.MinuteOf(_time.GetUtcNow()),
        [.. series]);
}
