namespace Orleans.StandIn.Networking;

/// <summary>What the grains of one silo did, and what they wait for.</summary>
public sealed class GrainLog
{
    public TaskCompletionSource Held { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a grain went on after it was released.</summary>
    public bool Resumed { get; set; }

    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What happens in the middle of <see cref="IWireGrain.Interrupt"/>.</summary>
    public Action Interrupted { get; set; } = static () => { };

    public List<int> Notes { get; } = [];
}
