using Orleans.Runtime;

namespace Orleans;

/// <summary>Base class of grains.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the context of the activation that is being created.</summary>
    protected Grain() => GrainContext = RuntimeContext.Current!;

    /// <summary>The activation this instance belongs to.</summary>
    public IGrainContext GrainContext { get; }

    protected IGrainFactory GrainFactory => this.Activation().GrainFactory;

    protected IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation after the current turn; calls that wait go to the next activation.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation from being collected as idle for at least this long; a span of zero or less lifts it.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => this.Activation().DelayDeactivation(timeSpan);
}
