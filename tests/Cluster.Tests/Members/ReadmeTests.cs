using Orleans.Otp.Cluster.Processes;

namespace Orleans.Otp.Cluster.Members;

/// <summary>The README's commands do what it says.</summary>
public sealed class ReadmeTests
{
    private const string LoyalifeHeading = "The Loyalife API";
    private const string AdminHeading = "Administration";

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public async Task Commands_print_what_the_README_shows(int silos, int gateways)
    {
        Assert.SkipUnless(HasCurl(), "The README's commands need bash and curl.");
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(silos, gateways));
        foreach (var heading in new[] { LoyalifeHeading, AdminHeading })
        {
            var script = ReadmeScript.Under(heading);

            var lines = await script.RunAsync(cluster.Gateways[0].Url!);

            Assert.NotEmpty(lines);
            Assert.Equal(script.Outputs.Count(), lines.Length);
            Assert.All(script.Outputs.Zip(lines), pair => Assert.Matches(pair.First, pair.Second));
        }
    }

    private static bool HasCurl() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "curl"))) && File.Exists("/bin/bash");
}
