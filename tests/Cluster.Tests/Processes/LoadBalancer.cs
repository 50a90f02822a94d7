namespace Otp.Cluster.Processes;

/// <summary>Spreads callers over the gateways in turn, and spares one that is about to stop, as a balancer does that watches <c>/health/ready</c>.</summary>
internal sealed class LoadBalancer
{
    // What was sent to a gateway just before it was taken out has arrived by then.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private Uri[] _gateways;
    private int _turn;

    public LoadBalancer(params IEnumerable<Uri> gateways) => _gateways = [.. gateways];

    /// <summary>How many gateways take calls.</summary>
    public int Count => Volatile.Read(ref _gateways).Length;

    /// <summary>A turn; the one after it is another gateway's.</summary>
    public uint NextTurn() => (uint)Interlocked.Increment(ref _turn);

    /// <summary>The gateway whose turn it is.</summary>
    public Uri At(uint turn)
    {
        var gateways = Volatile.Read(ref _gateways);
        return gateways[turn % gateways.Length];
    }

    public void Add(Uri gateway)
    {
        lock (_gate)
        {
            Volatile.Write(ref _gateways, [.. _gateways, gateway]);
        }
    }

    /// <summary>Gives a gateway no more calls, and waits until the last has reached it.</summary>
    public Task TakeOutAsync(Uri gateway)
    {
        lock (_gate)
        {
            Volatile.Write(ref _gateways, [.. _gateways.Where(other => other != gateway)]);
        }

        return Pause.ForAsync(Settle);
    }
}
