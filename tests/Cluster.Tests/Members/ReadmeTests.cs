using Otp.Cluster.Processes;

namespace Otp.Cluster.Members;

/// <summary>The commands that the README and the pages under docs/ show do what they say.</summary>
public sealed class ReadmeTests
{
    private static readonly (string Document, string Heading)[] Sections =
    [
        ("README.md", "One minute of curl"), ("docs/api-loyalife.md", "The Loyalife API"), ("docs/api-verify.md", "The Verify API"), ("docs/administration.md", "Administration"),
    ];

    // Why neither a test nor continuous integration runs them.
    private static readonly Dictionary<string, string> NotRun = new(StringComparer.Ordinal)
    {
        ["cp deploy/"] = "needs a Docker engine; the deployment tests start the same processes with the same settings",
        ["mkdir certificates"] = "needs a Docker engine",
        ["openssl req -x509"] = "needs a Docker engine",
        ["chmod 644 certificates/"] = "needs a Docker engine",
        ["kubectl "] = "needs a Kubernetes cluster; the deployment tests start the same processes with the same settings",
        ["dotnet Otp.Gateway.dll --urls https://"] = "needs a certificate; the HTTPS tests make one",
        ["docker compose --env-file otp.env up --build --wait"] = "needs a Docker engine",
        ["export "] = "settings for the commands after it",
        ["dotnet run --no-build --project src/"] = "needs a Redis of one's own; eng/cluster, which is run, starts the same processes",
        ["OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317"] = "needs an OTLP receiver; the telemetry tests have one",
        ["dotnet publish src/"] = "only the measurement after it needs what it makes; the tests run what was built",
        ["dotnet run -c Release --project bench"] = "takes minutes on a quiet machine",
        ["dotnet run -c Release --project tests/Cluster.Tests"] = "takes minutes on a quiet machine; the chaos tests are its short forms",
        ["dotnet run -c Release --project tests/Fuzz.Tests"] = "takes minutes; the tests make a short form of it",
        ["eng/next-version artifacts/published-next"] = "compiles ahead of time for the measurement after it; continuous integration makes one for the upgrade among the chaos tests",
        ["OTP_NEW_VERSION=1.1 dotnet test"] = "writes files of a version that is not there yet",
        ["dotnet run --project src/Gateway -- --Otp:Delivery:Email:0=mail"] = "needs a mail server of one's own",
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public async Task Commands_print_what_the_README_shows(int silos, int gateways)
    {
        Assert.SkipUnless(HasCurl(), "The README's commands need bash and curl.");
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(silos, gateways));
        foreach (var (document, heading) in Sections)
        {
            var script = ReadmeScript.Under(document, heading);

            var lines = await script.RunAsync(cluster.Gateways[0].Url!);

            Assert.NotEmpty(lines);
            Assert.Equal(script.Outputs.Count(), lines.Length);
            Assert.All(script.Outputs.Zip(lines), pair => Assert.Matches(pair.First, pair.Second));
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/administration.md")]
    [InlineData("docs/api-loyaltydog.md")]
    [InlineData("docs/api-loyalife.md")]
    [InlineData("docs/api-verify.md")]
    [InlineData("docs/clients.md")]
    [InlineData("docs/delivery.md")]
    [InlineData("docs/deployment.md")]
    [InlineData("docs/faq.md")]
    [InlineData("docs/measurements.md")]
    [InlineData("docs/operations.md")]
    [InlineData("docs/settings.md")]
    [InlineData("docs/telemetry.md")]
    [InlineData("docs/webhooks.md")]
    public void Every_command_is_run_or_has_its_reason(string document)
    {
        var run = Sections.SelectMany(section => ReadmeScript.Under(section.Document, section.Heading).Commands).ToHashSet(StringComparer.Ordinal);
        var ci = ReadmeScript.Read(".ci/run");

        Assert.All(ReadmeScript.CommandsOf(document), command => Assert.True(
            run.Contains(command) || ci.Contains(command, StringComparison.Ordinal) || NotRun.Keys.Any(command.StartsWith), command));
    }

    private static bool HasCurl() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "curl"))) && File.Exists("/bin/bash");
}
