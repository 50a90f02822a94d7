using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A process's way into a cluster that it is no silo of: connected to every silo, it sends each call to the grain's owner itself.</summary>
internal sealed partial class ClusterClient : IHostedLifecycleService, IGrainResolver, IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(3);

    private readonly ResponseTimeouts _timeouts;
    private readonly ClusterCalls _calls;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    public ClusterClient(
        IServiceProvider services,
        IClusterViews views,
        ClusterSecret secret,
        IOptions<ClusterOptions> cluster,
        IOptions<ClientMessagingOptions> messaging,
        [FromKeyedServices(TimeProviderNames.Messaging)] TimeProvider clock,
        OrleansInstruments instruments,
        ILoggerFactory loggers)
    {
        _clock = clock;
        _logger = loggers.CreateLogger("Orleans.Messaging");
        _timeouts = new ResponseTimeouts(messaging.Value.ResponseTimeout, clock, new RequestInstruments(instruments), _logger);
        _calls = new ClusterCalls(views, local: null, new Handshake(secret, cluster.Value.ClusterId), _timeouts, clock, _logger);
        Factory = new GrainFactory(this, services);
    }

    internal GrainFactory Factory { get; }

    internal ClusterCalls Calls => _calls;

    public GrainInterface Resolve(Type grainInterface, string? classNamePrefix) =>
        new(
            grainInterface.FullName!,
            _calls.Manifest.Resolve(grainInterface, classNamePrefix),
            ActivityPropagation.Trace(_calls, Factory.ServiceProvider));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads the membership table, which must be there; the silos need not be yet.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await ((_calls.Views as ClientViews)?.StartAsync(cancellationToken) ?? Task.CompletedTask);
        _calls.Start();
    }

    /// <summary>Waits a little for the cluster. A host whose cluster is not there yet starts all the same; its calls fail until it is.</summary>
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await _calls.Manifest.Known.WaitAsync(StartPatience, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_calls.Manifest.Known.IsCompleted)
        {
            LogNoSilo(_logger);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _calls.Dispose();
        await ((_calls.Views as ClientViews)?.StopAsync() ?? Task.CompletedTask);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _calls.Dispose();
        _timeouts.Dispose();
    }

    [LoggerMessage(EventId = 61, Level = LogLevel.Warning, Message = "No silo of the cluster could be reached yet; calls fail until one is.")]
    private static partial void LogNoSilo(ILogger logger);
}
