using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>The silo's connections: brings calls in from other processes, and out to the grains of other silos.</summary>
internal interface ISiloTransport : IGrainCalls
{
    /// <summary>Opens for calls from outside.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Closes when all that came in is answered, or at once when the token is cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Closes what peers opened to this silo under its former name; its lease was lost.</summary>
    void Reset();
}
