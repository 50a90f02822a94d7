using System.Text.Json;
using Otp.Gateway.Operations;
using Otp.Statistics;

namespace Otp.Gateway.Tests.Operations;

public sealed class OpsSnapshotTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ProcessState.Active, 1, "active")]
    [InlineData(ProcessState.Active, 5, "silent")]
    [InlineData(ProcessState.Stopping, 1, "stopping")]
    [InlineData(ProcessState.Stopping, 5, "stopped")]
    [InlineData(ProcessState.Active, 3599, "silent")]
    [InlineData(ProcessState.Active, 3600, null)]
    public void Process_that_a_new_grain_has_not_heard_of_is_shown_for_an_hour(ProcessState state, int seconds, string? expected)
    {
        var earlier = OpsSnapshot.After(null, Snapshot(1, Status("dead", state), Status("alive", ProcessState.Active)), Start);

        var next = OpsSnapshot.After(earlier, Snapshot(2, Status("alive", ProcessState.Active)), Start.AddSeconds(seconds));

        var states = StatesIn(next);
        Assert.Equal("active", states["alive"]);
        Assert.Equal(expected, states.GetValueOrDefault("dead"));
    }

    [Fact]
    public void Silent_process_stays_in_all_later_snapshots_and_is_active_once_it_reports()
    {
        var snapshot = OpsSnapshot.After(null, Snapshot(1, Status("a", ProcessState.Active), Status("b", ProcessState.Active)), Start);
        for (var second = 1; second <= 10; second++)
        {
            snapshot = OpsSnapshot.After(snapshot, Snapshot(1 + second, Status("a", ProcessState.Active)), Start.AddSeconds(second));
        }

        Assert.Equal("silent", StatesIn(snapshot)["b"]);
        snapshot = OpsSnapshot.After(snapshot, Snapshot(20, Status("a", ProcessState.Active), Status("b", ProcessState.Active)), Start.AddSeconds(11));
        Assert.Equal(["active", "active"], StatesIn(snapshot).Values);
    }

    [Fact]
    public void Processes_that_crash_on_and_on_do_not_fill_the_page()
    {
        OpsSnapshot? snapshot = null;
        for (var i = 0; i < 2 * StatisticsSnapshot.MaxProcesses; i++)
        {
            snapshot = OpsSnapshot.After(snapshot, Snapshot(i + 1, Status($"p{i}", ProcessState.Active)), Start);
        }

        Assert.Equal(StatisticsSnapshot.MaxProcesses, StatesIn(snapshot!).Count);
    }

    private static Dictionary<string, string> StatesIn(OpsSnapshot snapshot)
    {
        using var json = JsonDocument.Parse(snapshot.JsonFor(null));
        return json.RootElement.GetProperty("processes").EnumerateArray().ToDictionary(
            process => process.GetProperty("name").GetString()!, process => process.GetProperty("state").GetString()!);
    }

    private static StatisticsSnapshot Snapshot(long version, params ProcessStatus[] processes) => new(version, Start, [], [.. processes]);

    private static ProcessStatus Status(string id, ProcessState state) => new(
        new ProcessIdentity(id, id, null, ProcessRole.Silo, Start), state, new ProcessLoad(null, 0, 0, 0), Start, 0, null, null);
}
