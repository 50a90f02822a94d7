using Otp.Cluster.Processes;
using Otp.Redis.Servers;

namespace Otp.Deployment.Harness;

/// <summary>
/// What docker-compose.yml starts, as processes: a Redis with a password, one silo, two gateways. The gateways have addresses of their own on
/// loopback and the same ports, as containers have. Gone with this object.
/// </summary>
internal sealed class DeployedCluster : IAsyncDisposable
{
    /// <summary>The gateways' addresses.</summary>
    public static readonly string[] GatewayAddresses = ["127.0.0.2", "127.0.0.3"];

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-deployment-");
    private readonly ComposeFile _compose = new();
    private RedisServer? _redis;
    private ServiceProcess? _silo;

    private DeployedCluster()
    {
    }

    /// <summary>The folder of the processes' output.</summary>
    public string Logs => _logs.FullName;

    public Blanks Blanks { get; } = new() { Redis = "redis:6379" };

    public List<ServiceProcess> Gateways { get; } = [];

    public int HttpPort { get; } = FreePort.Next();

    public int ManagementPort { get; } = FreePort.Next();

    /// <summary>Starts it and waits until all of it is ready.</summary>
    /// <param name="settings">What the gateways are told besides; <c>{logs}</c> and <c>{address}</c> stand for the folder and for their own address.</param>
    public static async Task<DeployedCluster> StartAsync(params IEnumerable<KeyValuePair<string, string>> settings)
    {
        var cluster = new DeployedCluster();
        try
        {
            cluster._redis = await RedisServer.StartAsync(new() { Password = cluster.Blanks.RedisPassword, Port = FreePort.Next() });
            cluster._silo = Container.Start("silo", cluster.EnvironmentOf("silo"), cluster.Logs, new Uri($"http://127.0.0.1:{FreePort.Next()}"));
            await cluster._silo.ReadyAsync();
            foreach (var address in GatewayAddresses)
            {
                var environment = cluster.EnvironmentOf("gateway");
                foreach (var (key, value) in settings)
                {
                    environment[key] = value.Replace("{logs}", cluster.Logs, StringComparison.Ordinal).Replace("{address}", address, StringComparison.Ordinal);
                }

                cluster.Gateways.Add(Container.Start(
                    "gateway", environment, cluster.Logs, new Uri($"http://{address}:{cluster.HttpPort}"), new Uri($"http://{address}:{cluster.ManagementPort}")));
            }

            await Task.WhenAll(cluster.Gateways.Select(static gateway => gateway.ReadyAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Gateways.Append(_silo))
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _logs.Delete(recursive: true);
    }

    private Dictionary<string, string> EnvironmentOf(string service)
    {
        var environment = _compose.EnvironmentOf(service, Blanks);
        environment["ConnectionStrings__redis"] = environment["ConnectionStrings__redis"].Replace(Blanks.Redis, $"127.0.0.1:{_redis!.Port}", StringComparison.Ordinal);
        return environment;
    }
}
