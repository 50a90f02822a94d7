using Otp.Cluster.Faults;
using Otp.Cluster.Processes;
using Otp.Programs;

namespace Otp.Cluster.Chaos;

/// <summary>
/// Short forms of the chaos run, each fault once. <c>.ci/run</c> makes them (<c>CI=true</c>), a plain <c>dotnet test</c> does not;
/// <c>dotnet run -c Release --project tests/Cluster.Tests -- --minutes 60</c> is the long one.
/// </summary>
public sealed class ChaosTests
{
    // A machine of two cores may be slow. Every other promise is held to the letter.
    private const double StallTolerance = 2;

    [Fact]
    public Task Every_promise_holds_while_silos_gateways_and_Redis_die() => RunAsync(new()
    {
        Faults = [new SiloKilled(), new SiloStopped(), new SiloTerminated(), new GatewayKilled(), new RedisRestarted(), new SiloKilled()],
    });

    [Fact]
    public Task Every_promise_holds_while_silos_are_cut_off_from_Redis_and_from_each_other() => RunAsync(new()
    {
        Faults = [new SiloCutFromRedis(), new SilosCutFromEachOther()],
        Gateways = 1,
    });

    [Fact]
    public Task Every_promise_holds_where_gateways_are_members_of_the_cluster() => RunAsync(new()
    {
        Faults = [new SiloKilled(), new GatewayKilled()],
        Silos = 2,
        Topology = Topology.Member,
    });

    [Fact]
    public Task Every_promise_holds_while_silos_and_gateways_are_upgraded_one_by_one_and_taken_back()
    {
        Assert.SkipUnless(ServiceProcess.LaterVersion is not null, "There is no later version: .ci/run makes one (eng/next-version).");
        return RunAsync(new() { Faults = [new Upgraded(), new Upgraded()], Silos = 2 });
    }

    private static async Task RunAsync(ChaosOptions options)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "The chaos runs take a minute and a half: .ci/run takes it, or set CI=true.");
        var output = TestContext.Current.TestOutputHelper!;

        var result = await ChaosRun.RunAsync(
            options with { Duration = TimeSpan.Zero, StallTolerance = StallTolerance }, output.WriteLine, TestContext.Current.CancellationToken);

        output.WriteLine(result.Report);
        Assert.True(result.IsGood, result.Report);
        Assert.True(result.Requests > 1000, "There was no load to speak of.");
    }
}
