using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed partial class Silo(
    Catalog catalog,
    Membership membership,
    ILocalSiloDetails details,
    IOptions<EndpointOptions> endpoints,
    IOptions<ClusterOptions> cluster,
    IOptions<SiloMessagingOptions> messaging,
    IOptions<GrainCollectionOptions> collection,
    ILogger<Silo> logger,
    ClusterCalls? calls = null,
    SiloListener? listener = null) : IHostedService
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);

    /// <summary>Opens the silo for calls and joins the cluster.</summary>
    /// <exception cref="OrleansConfigurationException">Options make no sense; the message lists every fault.</exception>
    /// <exception cref="OrleansException">The cluster cannot be joined.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var faults = Faults().ToArray();
        if (faults.Length > 0)
        {
            throw new OrleansConfigurationException($"The silo cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        membership.LeaseLost += catalog.AbortAll;
        membership.LeaseLost += () => listener?.AbortConnections();
        membership.ViewChanged += OnViewChanged;
        var forSilos = endpoints.Value.SiloListeningEndpoint ?? details.SiloAddress.Endpoint;
        var forClients = endpoints.Value.GatewayListeningEndpoint ?? details.GatewayAddress.Endpoint;
        listener?.Start([.. new[] { forSilos, forClients }.Distinct()]);
        calls?.Start();
        catalog.Start();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(JoinPatience);
        await membership.JoinAsync(patience.Token);
        LogStarted(logger, details.Name, details.ClusterId);
    }

    /// <summary>Hands over what the silo has, ends what it began, and leaves; a token cancelled from the start makes it a crash.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            await membership.StopAsync();
            listener?.Dispose();
            calls?.Dispose();
            await catalog.StopAsync(cancellationToken);
        }
        else
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(StopPatience);
            await membership.BeginLeaveAsync();
            await catalog.StopAsync(patience.Token);
            await (listener?.CloseAsync(patience.Token) ?? Task.CompletedTask);
            await (calls?.CloseAsync(patience.Token) ?? Task.CompletedTask);
            await membership.LeaveAsync();
        }

        LogStopped(logger, details.Name);
    }

    private void OnViewChanged()
    {
        catalog.EndMoved();
        listener?.TellView(membership.Current.Version);
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(cluster.Value.ClusterId) || string.IsNullOrWhiteSpace(cluster.Value.ServiceId))
        {
            yield return "Orleans:ClusterId and Orleans:ServiceId must not be empty.";
        }

        if (messaging.Value.ResponseTimeout <= TimeSpan.Zero)
        {
            yield return "Orleans:Messaging:ResponseTimeout must be more than zero.";
        }

        if (collection.Value.CollectionQuantum <= TimeSpan.Zero || collection.Value.CollectionAge <= collection.Value.CollectionQuantum)
        {
            yield return "GrainCollectionOptions.CollectionQuantum must be more than zero, and CollectionAge more than it.";
        }

        if (collection.Value.ActivationTimeout <= TimeSpan.Zero || collection.Value.DeactivationTimeout <= TimeSpan.Zero)
        {
            yield return "GrainCollectionOptions.ActivationTimeout and DeactivationTimeout must be more than zero.";
        }
    }
}
