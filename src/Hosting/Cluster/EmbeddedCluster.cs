using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Otp.Hosting.Cluster;

/// <summary>A cluster of one silo, for a process that serves alone. It listens on no port, so any number of such processes run on one machine.</summary>
public static class EmbeddedCluster
{
    // Orleans names a silo by its address; this one does not listen there.
    private const int NominalPort = 1;

    public static ISiloBuilder UseEmbeddedCluster(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(NominalPort, gatewayPort: 0);
        foreach (var listener in silo.Services.Where(s => s.IsKeyedService && s.ServiceType == typeof(IConnectionListenerFactory)).ToList())
        {
            silo.Services.Replace(ServiceDescriptor.KeyedSingleton<IConnectionListenerFactory, NoListener>(listener.ServiceKey));
        }

        return silo;
    }

    /// <summary>Accepts no connection, because it opens no port.</summary>
    private sealed class NoListener : IConnectionListenerFactory, IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _unbound = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, NominalPort);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) => new(_unbound.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.TrySetResult(null);
            return default;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
