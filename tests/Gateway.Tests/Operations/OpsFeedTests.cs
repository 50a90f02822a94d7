using Otp.Gateway.Operations;
using Otp.Statistics;

namespace Otp.Gateway.Tests.Operations;

public sealed class OpsFeedTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ProcessState.Active, 1, ProcessState.Active)]
    [InlineData(ProcessState.Active, 5, ProcessState.Silent)]
    [InlineData(ProcessState.Stopping, 1, ProcessState.Stopping)]
    [InlineData(ProcessState.Stopping, 5, ProcessState.Stopped)]
    [InlineData(ProcessState.Active, 3599, ProcessState.Silent)]
    [InlineData(ProcessState.Active, 3600, null)]
    public void Process_that_a_new_activation_does_not_know_is_shown_for_an_hour(ProcessState state, int seconds, ProcessState? expected)
    {
        var earlier = Snapshot(Status("dead", state), Status("alive", ProcessState.Active));

        var next = OpsFeed.KeepProcesses(earlier, Snapshot(Status("alive", ProcessState.Active)), Start.AddSeconds(seconds));

        Assert.Equal(ProcessState.Active, StateIn(next, "alive"));
        Assert.Equal(expected, StateIn(next, "dead"));
    }

    [Fact]
    public void Silent_process_stays_in_all_later_snapshots_and_is_active_once_it_reports()
    {
        var snapshot = Snapshot(Status("a", ProcessState.Active), Status("b", ProcessState.Active));
        for (var second = 1; second <= 10; second++)
        {
            snapshot = OpsFeed.KeepProcesses(snapshot, Snapshot(Status("a", ProcessState.Active)), Start.AddSeconds(second));
        }

        Assert.Equal(ProcessState.Silent, StateIn(snapshot, "b"));
        snapshot = OpsFeed.KeepProcesses(snapshot, Snapshot(Status("a", ProcessState.Active), Status("b", ProcessState.Active)), Start.AddSeconds(11));
        Assert.Equal(ProcessState.Active, StateIn(snapshot, "b"));
        Assert.Equal(2, snapshot.Processes.Length);
    }

    [Fact]
    public void Processes_that_crash_again_and_again_do_not_fill_the_page()
    {
        StatisticsSnapshot? snapshot = null;
        for (var i = 0; i < 2 * StatisticsSnapshot.MaxProcesses; i++)
        {
            snapshot = OpsFeed.KeepProcesses(snapshot, Snapshot(Status($"p{i}", ProcessState.Active)), Start);
        }

        Assert.Equal(StatisticsSnapshot.MaxProcesses, snapshot!.Processes.Length);
    }

    private static ProcessState? StateIn(StatisticsSnapshot snapshot, string process) =>
        snapshot.Processes.SingleOrDefault(status => status.Process.Id == process)?.State;

    private static StatisticsSnapshot Snapshot(params ProcessStatus[] processes) => new(Start, [], [.. processes]);

    private static ProcessStatus Status(string id, ProcessState state) =>
        new(new ProcessIdentity(id, id, null, ProcessRole.Silo, Start), state, new ProcessLoad(null, 0, 0, 0), Start, null, null);
}
