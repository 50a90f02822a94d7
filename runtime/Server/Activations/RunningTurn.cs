namespace Orleans.Runtime;

/// <summary>A turn that did not end where it was started.</summary>
internal sealed class RunningTurn(Turn turn, Task task)
{
    internal Turn Turn { get; } = turn;

    internal Task Task { get; } = task;

    internal bool HasEnded { get; set; }
}
