using Otp.Cluster.Processes;

namespace Otp.Cluster.Members;

/// <summary>The README's commands do what it says.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Headings = ["One minute of curl", "The Loyalife API", "Administration"];

    // Why neither a test nor continuous integration runs them.
    private static readonly Dictionary<string, string> NotRun = new(StringComparer.Ordinal)
    {
        ["cp deploy/otp.env.example otp.env"] = "needs a Docker engine",
        ["docker compose --env-file otp.env up --build --wait"] = "needs a Docker engine",
        ["dotnet run --project src/Gateway -p:OrleansEngine=Microsoft"] = "needs the packages of Microsoft Orleans",
        ["OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317"] = "needs an OTLP receiver; the telemetry tests have one",
        ["dotnet run -c Release --project bench"] = "takes minutes on a quiet machine",
        ["dotnet run --project src/Gateway -- --Otp:Delivery:Email:0=mail"] = "needs a mail server of one's own",
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public async Task Commands_print_what_the_README_shows(int silos, int gateways)
    {
        Assert.SkipUnless(HasCurl(), "The README's commands need bash and curl.");
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(silos, gateways));
        foreach (var heading in Headings)
        {
            var script = ReadmeScript.Under(heading);

            var lines = await script.RunAsync(cluster.Gateways[0].Url!);

            Assert.NotEmpty(lines);
            Assert.Equal(script.Outputs.Count(), lines.Length);
            Assert.All(script.Outputs.Zip(lines), pair => Assert.Matches(pair.First, pair.Second));
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_command_is_run_or_has_its_reason(string document)
    {
        var run = Headings.SelectMany(heading => ReadmeScript.Under(heading).Commands).ToHashSet(StringComparer.Ordinal);
        var ci = ReadmeScript.Read(".ci/run");

        Assert.All(ReadmeScript.CommandsOf(document), command => Assert.True(
            run.Contains(command) || ci.Contains(command, StringComparison.Ordinal) || NotRun.Keys.Any(command.StartsWith), command));
    }

    private static bool HasCurl() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "curl"))) && File.Exists("/bin/bash");
}
