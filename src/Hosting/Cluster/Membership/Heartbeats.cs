namespace Otp.Hosting.Cluster.Membership;

/// <summary>Finds silos whose heartbeat stands still by our clock. Who looked too seldom starts anew: perhaps only the looking stood still.</summary>
internal sealed class Heartbeats(TimeSpan timeout, TimeSpan longestGap, TimeProvider time)
{
    private readonly Dictionary<SiloAddress, (DateTime Heartbeat, long Since)> _seen = [];
    private long _latest;

    /// <summary>Forgets all: nothing could be seen.</summary>
    public void Forget()
    {
        lock (_seen)
        {
            _seen.Clear();
        }
    }

    /// <summary>Takes note of what active silos have written, and says whose heartbeat has not changed for the whole time-out.</summary>
    public IReadOnlyList<SiloAddress> FindStill(IEnumerable<(SiloAddress Silo, DateTime Heartbeat)> silos)
    {
        List<(SiloAddress Silo, DateTime Heartbeat)> all = [.. silos];
        List<SiloAddress> still = [];
        lock (_seen)
        {
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(_latest, now) > longestGap)
            {
                _seen.Clear();
            }

            _latest = now;
            foreach (var gone in _seen.Keys.Except(all.Select(s => s.Silo)).ToList())
            {
                _seen.Remove(gone);
            }

            foreach (var (silo, heartbeat) in all)
            {
                if (!_seen.TryGetValue(silo, out var seen) || seen.Heartbeat != heartbeat)
                {
                    _seen[silo] = (heartbeat, now);
                }
                else if (time.GetElapsedTime(seen.Since, now) >= timeout)
                {
                    still.Add(silo);
                    _seen.Remove(silo);
                }
            }
        }

        return still;
    }
}
