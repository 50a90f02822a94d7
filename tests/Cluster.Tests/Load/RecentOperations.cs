using Otp.Cluster.Processes;

namespace Otp.Cluster.Load;

/// <summary>The latest requests to one target that had an effect for sure, and that the service therefore must know again.</summary>
internal sealed class RecentOperations
{
    // Fewer, and for less long, than the service remembers.
    private const int Kept = 5;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(8);

    private readonly RunClock _clock = new();
    private readonly Queue<(TimeSpan At, Operation Operation)> _operations = new();

    public void Add(Operation operation)
    {
        if (_operations.Count == Kept)
        {
            _operations.Dequeue();
        }

        _operations.Enqueue((_clock.Now, operation));
    }

    /// <summary>Forgets them all: others, of which nobody knows whether they had an effect, may have pushed them out.</summary>
    public void Clear() => _operations.Clear();

    public Operation? Pick(Random random)
    {
        while (_operations.TryPeek(out var oldest) && _clock.Now - oldest.At > Memory)
        {
            _operations.Dequeue();
        }

        return _operations.Count == 0 ? null : _operations.ElementAt(random.Next(_operations.Count)).Operation;
    }

    internal sealed record Operation(OtpCall Call, string Key, OtpAnswer Answer);
}
