using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.StandIn.Networking;

/// <summary>A process without a silo, connected to the cluster that its views say.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly IHost _host;

    private WireClient(IHost host) => _host = host;

    public static async Task<WireClient> StartAsync(HandWrittenViews views, ClusterSecret secret, TimeSpan? timeout = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => options.ClusterId = "wire");
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = timeout ?? SafetyTimeout.Span);
            client.Services.AddSingleton<IClusterViews>(views);
            client.Services.AddSingleton(secret);
            client.AddActivityPropagation();
        });
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public IWireGrain Grain(string key) => _host.Services.GetRequiredService<IClusterClient>().GetGrain<IWireGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
