using Otp.Cluster.Faults;
using Otp.Redis.Servers;

namespace Otp.Cluster.Processes;

/// <summary>A durable Redis, silos and gateways as processes on loopback ports. All of them end with this object.</summary>
internal sealed class OtpCluster : IAsyncDisposable
{
    private const int ExitCodeOfDeadSilo = 75;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-cluster-");
    private readonly Dictionary<string, string> _settings = ServiceSettings.Create();
    private readonly List<SiloNode> _silos = [];
    private readonly List<SiloNode> _lost = [];
    private readonly List<ServiceProcess> _gateways = [];
    private readonly ClusterShape _shape;
    private RedisServer? _redis;
    private int _names;

    private OtpCluster(ClusterShape shape) => _shape = shape;

    public RedisServer Redis => _redis ?? throw new InvalidOperationException("An embedded gateway has no Redis.");

    public IReadOnlyList<SiloNode> Silos => _silos;

    public IReadOnlyList<ServiceProcess> Gateways => _gateways;

    /// <summary>Which gateways callers go to.</summary>
    public LoadBalancer Balancer { get; } = new();

    /// <summary>Whether processes that start from now on are of the later version.</summary>
    public bool IsLater { get; set; }

    /// <summary>The folder with the processes' output.</summary>
    public string Logs => _logs.FullName;

    /// <summary>Whether the output stays when the cluster is gone: for something went wrong.</summary>
    public bool KeepsLogs { get; set; }

    /// <summary>What has passed between the processes, in a recorded cluster.</summary>
    public TrafficRecord Traffic { get; } = new();

    /// <summary>What the processes are told.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>Starts a cluster and waits until it serves.</summary>
    /// <param name="shape">What it is made of.</param>
    /// <param name="settings">What its processes are told besides, as environment variables.</param>
    public static async Task<OtpCluster> StartAsync(ClusterShape shape, IReadOnlyDictionary<string, string>? settings = null)
    {
        var cluster = new OtpCluster(shape);
        cluster._settings["Otp__Topology"] = shape.Topology.ToString();
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            cluster._settings[key] = value;
        }

        try
        {
            if (!shape.IsEmbedded)
            {
                cluster._redis = await RedisServer.StartAsync(new() { Durable = true, Port = FreePort.Next() });
                await Task.WhenAll(Enumerable.Range(0, shape.Silos).Select(_ => cluster.AddSiloAsync()));
            }

            await Task.WhenAll(Enumerable.Range(0, shape.Gateways).Select(_ => cluster.AddGatewayAsync()));
            return cluster;
        }
        catch
        {
            cluster.KeepsLogs = true;
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo and waits until it serves.</summary>
    public async Task AddSiloAsync()
    {
        var (listening, gateway, http) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var toRedis = _shape.IsCuttable ? new TcpProxy(FreePort.Next(), Redis.Port) : null;
        var toSilo = _shape.IsCuttable || _shape.IsRecorded ? new TcpProxy(FreePort.Next(), listening, Traffic) : null;
        var toGateway = _shape.IsRecorded ? new TcpProxy(FreePort.Next(), gateway, Traffic) : null;
        List<string> arguments =
        [
            $"--ConnectionStrings:redis=127.0.0.1:{toRedis?.Port ?? Redis.Port}",
            $"--Orleans:Endpoints:SiloPort={toSilo?.Port ?? listening}",
            $"--Orleans:Endpoints:GatewayPort={toGateway?.Port ?? gateway}",
            "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
        ];
        if (toSilo is not null)
        {
            arguments.Add($"--Orleans:Endpoints:SiloListeningEndpoint=127.0.0.1:{listening}");
        }

        if (toGateway is not null)
        {
            arguments.Add($"--Orleans:Endpoints:GatewayListeningEndpoint=127.0.0.1:{gateway}");
        }

        var process = StartService("silo", "Silo", arguments, http);
        var silo = new SiloNode(process, toSilo?.Port ?? listening, toGateway?.Port ?? gateway, toRedis, toSilo, toGateway);
        lock (_silos)
        {
            _silos.Add(silo);
        }

        await process.ReadyAsync();
    }

    /// <summary>Takes a silo that is gone, or about to go, out of the list.</summary>
    public void Forget(SiloNode silo)
    {
        lock (_silos)
        {
            _silos.Remove(silo);
            _lost.Add(silo);
        }
    }

    /// <summary>Waits until a silo that was declared dead has ended itself, and starts one in its place.</summary>
    /// <exception cref="FaultException">It did not end in time, or not with the exit code that asks for another.</exception>
    public async Task ReplaceAsync(SiloNode silo)
    {
        Forget(silo);
        if (await silo.Process.ExitAsync(TimeSpan.FromSeconds(10)) is not ExitCodeOfDeadSilo)
        {
            throw new FaultException($"{silo.Process.Name} was declared dead and has not ended with exit code {ExitCodeOfDeadSilo}.");
        }

        await AddSiloAsync();
    }

    /// <summary>Tells a silo to stop and waits until it has.</summary>
    /// <exception cref="FaultException">It did not end in time, or not in good order.</exception>
    public Task StopAsync(SiloNode silo)
    {
        Forget(silo);
        return StopAsync(silo.Process);
    }

    /// <summary>Takes a gateway out of the balancer, stops it, starts it anew at its address, and puts it back.</summary>
    /// <exception cref="FaultException">It did not end in time, or not in good order.</exception>
    public async Task RenewAsync(ServiceProcess gateway)
    {
        await Balancer.TakeOutAsync(gateway.Url!);
        await StopAsync(gateway);
        await StartAgainAsync(gateway);
        Balancer.Add(gateway.Url!);
    }

    /// <summary>Kills a gateway and starts it anew at its address.</summary>
    /// <param name="gateway">Which one.</param>
    /// <param name="down">How long there is nothing at its address.</param>
    public async Task RestartAsync(ServiceProcess gateway, TimeSpan down)
    {
        await gateway.KillAsync();
        await Pause.ForAsync(down);
        await StartAgainAsync(gateway);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
        {
            await gateway.DisposeAsync();
        }

        foreach (var silo in _silos.Concat(_lost))
        {
            await silo.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (!KeepsLogs)
        {
            _logs.Delete(recursive: true);
        }
    }

    private static async Task StopAsync(ServiceProcess process)
    {
        await process.SignalAsync("TERM");
        if (await process.ExitAsync(StopLimit) is var exitCode and not 0)
        {
            throw new FaultException($"{process.Name} was told to end and {(exitCode is { } code ? $"ended with exit code {code}" : "did not end in time")}.");
        }
    }

    private async Task AddGatewayAsync()
    {
        var gateway = StartGateway(FreePort.Next());
        lock (_gateways)
        {
            _gateways.Add(gateway);
        }

        await gateway.ReadyAsync();
        Balancer.Add(gateway.Url!);
    }

    private async Task StartAgainAsync(ServiceProcess gateway)
    {
        await gateway.DisposeAsync();
        var next = StartGateway(gateway.Url!.Port);
        _gateways[_gateways.IndexOf(gateway)] = next;
        await next.ReadyAsync();
    }

    private ServiceProcess StartGateway(int port) => StartService(
        "gateway",
        "Gateway",
        _shape.IsEmbedded ? [] :
        [
            $"--ConnectionStrings:redis=127.0.0.1:{Redis.Port}",
            $"--Orleans:Endpoints:SiloPort={FreePort.Next()}",
            $"--Orleans:Endpoints:GatewayPort={FreePort.Next()}",
            "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
        ],
        port);

    private ServiceProcess StartService(string kind, string project, IEnumerable<string> arguments, int httpPort)
    {
        var url = new Uri($"http://127.0.0.1:{httpPort}");
        return ServiceProcess.Start($"{kind}-{Interlocked.Increment(ref _names)}", project, _settings, [.. arguments, $"--Urls={url}"], _logs.FullName, url, IsLater);
    }
}
