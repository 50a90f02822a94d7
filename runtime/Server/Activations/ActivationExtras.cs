namespace Orleans.Runtime;

/// <summary>What few activations need, or only for a moment.</summary>
internal sealed class ActivationExtras
{
    private Queue<(SendOrPostCallback Callback, object? State)>? _continuations;

    /// <summary>Why the activation is to end; null if it is not.</summary>
    internal DeactivationReason? Ending { get; set; }

    internal TaskCompletionSource? Deactivated { get; set; }

    internal bool HasContinuations => _continuations is { Count: > 0 };

    internal void AddContinuation(SendOrPostCallback callback, object? state) => (_continuations ??= new()).Enqueue((callback, state));

    internal (SendOrPostCallback Callback, object? State) TakeContinuation() => _continuations!.Dequeue();
}
