using System.Security.Cryptography;

namespace Otp.Delivery;

/// <summary>The outcomes of the latest deliveries, for decoys to repeat. Thread-safe.</summary>
internal sealed class RecentOutcomes
{
    private const int Capacity = 64;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly (DateTimeOffset At, TimeSpan Elapsed, bool IsDelivered)[] _ring = new (DateTimeOffset, TimeSpan, bool)[Capacity];
    private readonly Lock _lock = new();
    private long _count;

    /// <summary>Adds an outcome, in place of the oldest.</summary>
    public void Add(DateTimeOffset at, TimeSpan elapsed, bool isDelivered)
    {
        lock (_lock)
        {
            _ring[_count++ % Capacity] = (at, elapsed, isDelivered);
        }
    }

    /// <summary>
    /// A random outcome of the last minute, or else the latest one; null when there is none. An older one could be from before the
    /// providers went down.
    /// </summary>
    public (TimeSpan Elapsed, bool IsDelivered)? Pick(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return null;
            }

            var candidates = 1;
            while (candidates < Math.Min(_count, Capacity) && now - Latest(candidates).At <= Recent)
            {
                candidates++;
            }

            var (_, elapsed, isDelivered) = Latest(RandomNumberGenerator.GetInt32(candidates));
            return (elapsed, isDelivered);
        }
    }

    /// <summary>The outcome that is <paramref name="age"/> places before the latest.</summary>
    private (DateTimeOffset At, TimeSpan Elapsed, bool IsDelivered) Latest(int age) => _ring[(_count - 1 - age) % Capacity];
}
