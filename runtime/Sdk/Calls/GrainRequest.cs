namespace Orleans.Runtime;

/// <summary>One call: the method and its arguments, typed. Emitted once per method by <c>ProxyEmitter</c>.</summary>
internal abstract class GrainRequest
{
    /// <summary>What the call is and how long its caller waits.</summary>
    internal abstract GrainMethod Method { get; }

    /// <summary>The token passed to the call; a token that cannot be cancelled if the method takes none.</summary>
    internal virtual CancellationToken CancellationToken => CancellationToken.None;

    internal abstract object? GetArgument(int index);

    internal abstract void SetArgument(int index, object? value);

    /// <summary>Calls the method of a grain.</summary>
    internal abstract Task Invoke(object grain);
}
