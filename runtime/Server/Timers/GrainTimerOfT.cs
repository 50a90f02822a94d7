namespace Orleans.Runtime;

/// <summary>A timer with its callback and what is passed to it.</summary>
internal sealed class GrainTimer<TState>(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, bool keepAlive)
    : GrainTimer(activation, keepAlive)
{
    protected override Task Tick(CancellationToken cancellationToken) => callback(state, cancellationToken);
}
