using System.Collections.Concurrent;

namespace Orleans.StandIn.Moves;

/// <summary>What page grains store, and what went wrong: a grain that remembered something else than what is stored, or wrote while another one did.</summary>
public sealed class Book
{
    private readonly ConcurrentDictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _writing = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Where <see cref="IPageGrain.AddLater"/> waits.</summary>
    internal Gate Turn { get; } = new();

    public int Read(string page) => _lines.GetValueOrDefault(page);

    public void Begin(string page, int remembered)
    {
        if (!_writing.TryAdd(page, value: true))
        {
            Faults.Enqueue($"{page} was written by two at once.");
        }

        if (Read(page) is var stored && stored != remembered)
        {
            Faults.Enqueue($"{page} had {stored} lines, but its grain remembered {remembered}.");
        }
    }

    public int End(string page, int remembered)
    {
        _writing.TryRemove(page, out _);
        return _lines[page] = remembered + 1;
    }
}
