using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Otp.Cluster.Processes;
using StackExchange.Redis;

namespace Otp.Cluster.SiloPort;

/// <summary>A process that finds the cluster's Redis, and does not hold its secret, does not start, says why, and changes nothing.</summary>
public sealed class OtherSecretTests(OneSilo cluster) : IClassFixture<OneSilo>, IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-cluster-");

    public void Dispose() => _logs.Delete(recursive: true);

    [Fact]
    public async Task Gateway_ends_and_says_that_the_secrets_differ()
    {
        var output = await FailAsync("Gateway");

        var line = Assert.Single(output.Split('\n'), l => l.StartsWith("It cannot start", StringComparison.Ordinal));
        Assert.Contains("Otp:Cluster:Secret", line, StringComparison.Ordinal);
    }

    // The others declare it dead before it has joined, because it answers none of them.
    [Fact]
    public async Task Silo_ends_and_logs_that_the_secrets_differ() => Assert.Contains("[2031]", await FailAsync("Silo"), StringComparison.Ordinal);

    [Fact]
    public async Task Client_of_Orleans_without_TLS_is_refused()
    {
        var start = cluster.Log.Length;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "otp")
            .UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(cluster.Cluster.Redis.ConnectionString)));
        using var client = builder.Build();

        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var starting = client.StartAsync(cancellation.Token);

        Assert.True(await Pause.UntilAsync(() => Task.FromResult(cluster.Refusals(start).Count > 1), StartLimit));
        Assert.False(starting.IsCompletedSuccessfully);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => starting.WaitAsync(StartLimit, TestContext.Current.CancellationToken));
        // It tries several times: each is one line, and none is a stack trace.
        Assert.All(cluster.Refusals(start), line => Assert.Contains("NotTls", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", cluster.Log[start..], StringComparison.Ordinal);
        await cluster.ServeAsync("plain-client");
    }

    /// <summary>Starts a process that holds another secret, and waits for its end.</summary>
    /// <returns>What it wrote.</returns>
    private async Task<string> FailAsync(string project)
    {
        var start = cluster.Log.Length;
        await using var process = Start(project);

        var exitCode = await process.ExitAsync(StartLimit);

        var output = process.Output();
        Assert.True(exitCode is > 0, $"Exit code {exitCode?.ToString() ?? "none"}: {output}");
        await Pause.UntilAsync(() => Task.FromResult(cluster.Refusals(start).Count > 0), RefusalTimeout);
        Assert.NotEmpty(cluster.Refusals(start));
        await cluster.ServeAsync($"other-{project}");
        return output;
    }

    private ServiceProcess Start(string project)
    {
        var settings = new Dictionary<string, string>(cluster.Cluster.Settings, StringComparer.Ordinal)
        {
            ["Otp__Cluster__Secret"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        string[] arguments =
        [
            $"--ConnectionStrings:redis=127.0.0.1:{cluster.Cluster.Redis.Port}",
            $"--Orleans:Endpoints:SiloPort={FreePort.Next()}",
            $"--Orleans:Endpoints:GatewayPort={FreePort.Next()}",
            "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
            $"--Urls=http://127.0.0.1:{FreePort.Next()}",
        ];
        return ServiceProcess.Start("stranger", project, settings, arguments, _logs.FullName);
    }
}
