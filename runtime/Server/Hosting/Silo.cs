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
    IEnumerable<StartupTask> tasks,
    IServiceProvider services,
    ILogger<Silo> logger,
    ClusterCalls? calls = null,
    SiloListener? listener = null) : IHostedService
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);

    // A silo that cannot be reached is perhaps dead: the others then hear of this one a little later.
    private static readonly TimeSpan ReachPatience = TimeSpan.FromMilliseconds(500);

    /// <summary>Opens the silo for calls, joins the cluster, does what is to be done before there are grains here, and takes its share of them.</summary>
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
        await WithinAsync(membership.JoinAsync, cancellationToken);
        var reached = calls?.ReachedAsync() ?? Task.CompletedTask;
        await RunAsync(tasks.Where(static task => task.Stage < ServiceLifecycleStage.Active), cancellationToken);
        await reached.WaitAsync(ReachPatience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await WithinAsync(membership.ServeAsync, cancellationToken);
        LogStarted(logger, details.Name, details.ClusterId);
        await RunAsync(tasks.Where(static task => task.Stage >= ServiceLifecycleStage.Active), cancellationToken);
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
        calls?.TellView(membership.Current.Version);
    }

    private static async Task WithinAsync(Func<CancellationToken, Task> join, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(JoinPatience);
        await join(patience.Token);
    }

    private async Task RunAsync(IEnumerable<StartupTask> due, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var task in due.OrderBy(static task => task.Stage))
            {
                await task.Run(services, cancellationToken);
            }
        }
        catch
        {
            await membership.LeaveAsync();
            throw;
        }
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
