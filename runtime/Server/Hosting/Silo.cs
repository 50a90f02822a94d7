using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed partial class Silo(
    Catalog catalog,
    ILocalSiloDetails details,
    IOptions<ClusterOptions> cluster,
    IOptions<SiloMessagingOptions> messaging,
    IOptions<GrainCollectionOptions> collection,
    ILogger<Silo> logger) : IHostedService
{
    /// <summary>Opens the silo for calls.</summary>
    /// <exception cref="OrleansConfigurationException">Options make no sense; the message lists every fault.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var faults = Faults().ToArray();
        if (faults.Length > 0)
        {
            throw new OrleansConfigurationException($"The silo cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
        }

        catalog.Start();
        LogStarted(logger, details.Name, details.ClusterId);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await catalog.StopAsync(cancellationToken);
        LogStopped(logger, details.Name);
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
