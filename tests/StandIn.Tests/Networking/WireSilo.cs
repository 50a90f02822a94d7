using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.StandIn.Networking;

/// <summary>A silo that listens on a port of loopback, in a cluster whose membership the test writes by hand.</summary>
internal sealed class WireSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private WireSilo(IHost host, ClusterMember member)
    {
        _host = host;
        Member = member;
    }

    public ClusterMember Member { get; }

    public IServiceProvider Services => _host.Services;

    public SiloListener Listener => Services.GetRequiredService<SiloListener>();

    public HandWrittenViews Views => (HandWrittenViews)Services.GetRequiredService<IClusterViews>();

    public GrainLog Grains => Services.GetRequiredService<GrainLog>();

    public static async Task<WireSilo> StartAsync(HandWrittenViews views, ClusterSecret secret, ILoggerProvider? logs = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs);
        }

        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(options => options.ClusterId = "wire");
            silo.Configure<EndpointOptions>(options =>
            {
                options.SiloPort = FreePort();
                options.GatewayPort = FreePort();
            });
            silo.Services.AddSingleton<IClusterViews>(views);
            silo.Services.AddSingleton(secret);
            silo.Services.AddSingleton<GrainLog>();
            silo.AddActivityPropagation();
            SiloNetworking.Add(silo.Services, silo.Configuration);
        });
        var host = builder.Build();
        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        await host.StartAsync();
        return new(host, new(details.SiloAddress, details.GatewayAddress.Endpoint, details.Name));
    }

    /// <summary>Breaks every connection and answers nobody any more, as the death of the process would.</summary>
    public void Kill() => Listener.Dispose();

    public void ListenAgain() => Listener.Start(Member.Silo.Endpoint, Member.Gateway);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
