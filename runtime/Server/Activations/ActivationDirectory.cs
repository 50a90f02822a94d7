namespace Orleans.Runtime;

/// <summary>The activations of this silo by grain id. Striped, and each stripe a set of the activations themselves, so that an entry costs little.</summary>
internal sealed class ActivationDirectory : IActivationHome
{
    private const int Stripes = 64;

    private readonly Catalog _catalog;
    private readonly HashSet<Activation>[] _stripes = new HashSet<Activation>[Stripes];

    internal ActivationDirectory(Catalog catalog)
    {
        _catalog = catalog;
        for (var i = 0; i < Stripes; i++)
        {
            _stripes[i] = new(Comparer.Instance);
        }
    }

    /// <summary>The activation of a grain, made if there is none.</summary>
    internal Activation GetOrAdd(GrainId id)
    {
        var stripe = StripeOf(id);
        Activation? activation;
        lock (stripe)
        {
            if (stripe.GetAlternateLookup<GrainId>().TryGetValue(id, out activation))
            {
                return activation;
            }

            activation = new Activation(_catalog.ClassOf(id.Type), id.Key, this);
            stripe.Add(activation);
        }

        _catalog.EndIfUnwanted(activation);
        return activation;
    }

    public void Enqueue(GrainId id, PendingCall call)
    {
        do
        {
            if (_catalog.IsElsewhere(id) || !_catalog.MayServe)
            {
                _catalog.SendOn(id, call);
                return;
            }

            if (_catalog.IsStopped)
            {
                call.Reject(Catalog.Unavailable());
                return;
            }
        }
        while (!GetOrAdd(id).TryEnqueue(call));
    }

    public void Replace(Activation old, Activation? next)
    {
        var stripe = StripeOf(old.GrainId);
        lock (stripe)
        {
            stripe.Remove(old);
            if (next is not null)
            {
                stripe.Add(next);
            }
        }
    }

    /// <summary>Does something with every activation; those that come or go meanwhile may be missed.</summary>
    internal void ForEach(Action<Activation> action)
    {
        var copy = new List<Activation>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                copy.AddRange(stripe);
            }

            copy.ForEach(action);
            copy.Clear();
        }
    }

    // The sets use all of the hash by its remainder; the stripe is chosen by bits from the middle.
    private HashSet<Activation> StripeOf(GrainId id) => _stripes[(id.GetHashCode() >> 16) & (Stripes - 1)];

    private sealed class Comparer : IEqualityComparer<Activation>, IAlternateEqualityComparer<GrainId, Activation>
    {
        internal static readonly Comparer Instance = new();

        public bool Equals(Activation? x, Activation? y) => ReferenceEquals(x, y);

        public int GetHashCode(Activation obj) => obj.GrainId.GetHashCode();

        public Activation Create(GrainId alternate) => throw new NotSupportedException();

        public bool Equals(GrainId alternate, Activation other) => alternate.Equals(other.GrainId);

        public int GetHashCode(GrainId alternate) => alternate.GetHashCode();
    }
}
