using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A test's hold on one silo.</summary>
public abstract class SiloHandle : IAsyncDisposable
{
    public string Name { get; set; } = "";

    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Counts the silos of a cluster from 0.</summary>
    public short InstanceNumber { get; set; }

    /// <summary>False once the silo was stopped or killed.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops the silo: gracefully, or as a crash would.</summary>
    public abstract Task StopSiloAsync(bool stopGracefully);

    public abstract ValueTask DisposeAsync();

    public override string ToString() => $"{Name} ({SiloAddress})";
}
