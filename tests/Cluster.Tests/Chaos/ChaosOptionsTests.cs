using Otp.Programs;

namespace Otp.Cluster.Chaos;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Command_line_is_read()
    {
        var options = ChaosOptions.Parse(["--minutes", "60", "--faults", "kill,redis", "--silos", "4", "--rate", "300", "--topology", "member", "--events", "1000"]);

        Assert.Equal(TimeSpan.FromHours(1), options.Duration);
        Assert.Equal(["kill", "redis"], options.Faults.Select(f => f.Name));
        Assert.Equal(4, options.Silos);
        Assert.Equal(300, options.Load.ActsPerSecond);
        Assert.Equal(1000, options.Events);
        Assert.Equal(Topology.Member, options.Shape.Topology);
    }

    [Fact]
    public void Upgrade_is_made_only_where_it_is_asked_for()
    {
        Assert.DoesNotContain("upgrade", new ChaosOptions().Faults.Select(f => f.Name));
        Assert.Equal(["upgrade"], ChaosOptions.Parse(["--faults", "upgrade"]).Faults.Select(f => f.Name));
    }

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes", "long")]
    [InlineData("--faults", "meteor")]
    [InlineData("--topology", "Combined")]
    [InlineData("--years", "1")]
    public void Anything_else_is_refused(params string[] args) => Assert.Throws<FormatException>(() => ChaosOptions.Parse(args));

    [Theory]
    [InlineData]
    [InlineData("--server")]
    [InlineData("-class", "Some.Tests")]
    public void Runner_keeps_its_own_options(params string[] args) => Assert.False(ChaosOptions.Concern(args));
}
