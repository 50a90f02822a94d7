using Orleans.Runtime;

namespace Orleans;

/// <summary>What a grain class must be: it has a context, and may act when it is activated and deactivated.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    /// <summary>Called after the grain's persistent state was read and before its first call; throwing drops the activation.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last call; nobody waits for more than the silo's deactivation time-out.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
