namespace Otp.Gateway.Limits;

/// <summary>
/// How many calls to grains may be under way at once. The limit shrinks while work waits too long in this process, in a silo or for what Redis
/// answers, and grows while it does not and half of the limit is used. A slow provider keeps no work waiting, so it does not lower the limit.
/// </summary>
internal sealed class AdaptiveLimit
{
    /// <summary>How long work may wait. An answer takes a few such waits, a refusal one or two.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(40);

    private const double StrongestCut = 0.5;
    private const double Growth = 1.01;

    private readonly int _least;
    private readonly int _most;
    private int _current;
    private int _inFlight;

    /// <summary>Begins with the least, so that a flood finds a small limit and not a large one.</summary>
    /// <param name="least">The limit never shrinks below this.</param>
    /// <param name="most">It never grows beyond this, which bounds the memory of calls that wait.</param>
    public AdaptiveLimit(int least = 256, int most = 2_000) => (_least, _most, _current) = (least, most, least);

    /// <summary>The limit now.</summary>
    public int Current => Volatile.Read(ref _current);

    /// <summary>Whether one more call would be refused.</summary>
    public bool IsFull => Volatile.Read(ref _inFlight) >= Current;

    /// <summary>Begins a call, unless the limit is reached.</summary>
    public Permit Acquire()
    {
        var inFlight = Volatile.Read(ref _inFlight);
        while (inFlight < Current)
        {
            var seen = Interlocked.CompareExchange(ref _inFlight, inFlight + 1, inFlight);
            if (seen == inFlight)
            {
                return new Permit(this);
            }

            inFlight = seen;
        }

        return default;
    }

    /// <summary>Adapts the limit: to what is used, unless work waits. Called by one thread at a time.</summary>
    /// <param name="wait">How long work waits now.</param>
    /// <param name="mayGrow">Whether nothing is known that speaks against more.</param>
    public void Adapt(TimeSpan wait, bool mayGrow = true)
    {
        var isUsed = Volatile.Read(ref _inFlight) * 2 >= _current;
        var next = wait > LongestWait ? Math.Ceiling(_current * Math.Max(StrongestCut, LongestWait / wait))
            : !isUsed ? Math.Floor(_current / Growth)
            : mayGrow ? Math.Ceiling(_current * Growth)
            : _current;
        Volatile.Write(ref _current, Math.Clamp((int)next, _least, _most));
    }

    /// <summary>Leave for one call, until it is disposed of.</summary>
    /// <param name="limit">What gave it; null if it was refused.</param>
    internal readonly struct Permit(AdaptiveLimit? limit) : IDisposable
    {
        public bool IsAcquired => limit is not null;

        public void Dispose()
        {
            if (limit is not null)
            {
                Interlocked.Decrement(ref limit._inFlight);
            }
        }
    }
}
