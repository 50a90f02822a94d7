using System.Security.Cryptography;

namespace Otp.Delivery;

/// <summary>The outcomes of the latest deliveries, for decoys to repeat. Thread-safe.</summary>
internal sealed class RecentOutcomes
{
    private const int Capacity = 64;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly (DateTimeOffset At, TimeSpan Elapsed, DeliveryVerdict Verdict)[] _ring = new (DateTimeOffset, TimeSpan, DeliveryVerdict)[Capacity];
    private readonly Lock _lock = new();
    private long _count;

    /// <summary>Adds an outcome, in place of the oldest.</summary>
    public void Add(DateTimeOffset at, TimeSpan elapsed, DeliveryVerdict verdict)
    {
        lock (_lock)
        {
            _ring[_count++ % Capacity] = (at, elapsed, verdict);
        }
    }

    /// <summary>A random outcome of the last minute, or else the latest, as older ones may be from before an outage; null when there is none.</summary>
    public (TimeSpan Elapsed, DeliveryVerdict Verdict)? Pick(DateTimeOffset now)
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

            var (_, elapsed, verdict) = Latest(RandomNumberGenerator.GetInt32(candidates));
            return (elapsed, verdict);
        }
    }

    /// <summary>The outcome that is <paramref name="age"/> places before the latest.</summary>
    private (DateTimeOffset At, TimeSpan Elapsed, DeliveryVerdict Verdict) Latest(int age) => _ring[(_count - 1 - age) % Capacity];
}
