using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Otp.Hosting.Cluster.Membership;

/// <summary>Reports a <see cref="SiloLoss"/> when a silo leaves the list that a client reads anyway, or a connection to one closes.</summary>
internal sealed class WatchedGatewayList(IGatewayListProvider list, SiloLoss loss) : IGatewayListProvider
{
    // How long a gateway that could not be reached is left alone, although the table still lists it.
    private static readonly TimeSpan Masked = TimeSpan.FromSeconds(3);

    private HashSet<Uri> _known = [];

    public TimeSpan MaxStaleness => Masked;

    [Obsolete("Orleans ignores it.")]
    public bool IsUpdatable => true;

    public static void Add(IClientBuilder client)
    {
        var inner = client.Services.Last(service => service.ServiceType == typeof(IGatewayListProvider));
        client.Services.Remove(inner);
        client.Services.AddSingleton<IGatewayListProvider>(services => new WatchedGatewayList(
            (IGatewayListProvider)(inner.ImplementationFactory?.Invoke(services) ?? ActivatorUtilities.CreateInstance(services, inner.ImplementationType!)),
            services.GetRequiredService<SiloLoss>()));
        client.Services.AddOptions<ClientConnectionOptions>().Configure<SiloLoss>(static (options, loss) =>
            options.ConfigureConnection(builder => builder.Use(next => connection => WatchAsync(connection, next, loss))));
    }

    public Task InitializeGatewayListProvider() => list.InitializeGatewayListProvider();

    public async Task<IList<Uri>> GetGateways()
    {
        var gateways = await list.GetGateways();
        var known = Interlocked.Exchange(ref _known, [.. gateways]);
        if (known.Except(gateways).Any())
        {
            loss.Report();
        }

        return gateways;
    }

    private static async Task WatchAsync(ConnectionContext connection, ConnectionDelegate next, SiloLoss loss)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            loss.Report();
        }
    }
}
