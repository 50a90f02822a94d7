using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A record of a grain, given to its constructor by <see cref="PersistentStateAttribute"/> and read before it is activated.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
