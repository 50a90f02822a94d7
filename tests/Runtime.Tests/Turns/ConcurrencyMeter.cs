namespace Orleans.Otp.Conformance.Turns;

/// <summary>Counts how many are inside a section at once.</summary>
internal sealed class ConcurrencyMeter
{
    private int _inside;
    private int _highest;

    public int Highest => Volatile.Read(ref _highest);

    public Section Enter()
    {
        var inside = Interlocked.Increment(ref _inside);
        int highest;
        while (inside > (highest = Highest) && Interlocked.CompareExchange(ref _highest, inside, highest) != highest)
        {
        }

        Thread.SpinWait(50);
        return new(this);
    }

    public readonly struct Section(ConcurrencyMeter meter) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref meter._inside);
    }
}
