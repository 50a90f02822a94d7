using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Brings calls from silo to silo within the process: arguments and results go by reference, as grains promise not to change them.</summary>
internal sealed class InProcessTransport(InProcessNetwork network, Catalog catalog, IClusterViews views, ILocalSiloDetails silo) : ISiloTransport
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Reset();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        network.Remove(catalog);
        return Task.CompletedTask;
    }

    public void Reset() => network.Add(silo.SiloAddress, catalog);

    public Task Call(GrainId target, GrainRequest request)
    {
        var call = request.Pend();
        call.Open(catalog.Timeouts);
        _ = Task.Run(() => DeliverAsync(target, call));
        return call.Task;
    }

    // A silo that cannot be reached is waited for until the view gives its grains to another, or the caller gives up.
    private async Task DeliverAsync(GrainId target, PendingCall call)
    {
        while (!call.IsAbandoned)
        {
            var view = views.Current;
            if (view.Owner(target) is not { } owner)
            {
                call.Reject(Catalog.Unavailable());
            }
            else if (network.Find(owner.Silo) is { } peer)
            {
                var answer = peer.Receive(target, call.Request);
                await answer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                call.Finish(answer);
            }
            else
            {
                await ((Task)views.NewerThanAsync(view.Version, CancellationToken.None))
                    .WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
