namespace Orleans.Core;

/// <summary>A record of the grain that holds it, with its state.</summary>
public interface IStorage<TState> : IStorage
{
    TState State { get; set; }
}
