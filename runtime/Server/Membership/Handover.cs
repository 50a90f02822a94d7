namespace Orleans.Runtime;

/// <summary>Which grains that the view gives to this silo another one may still serve: they are not activated here before it has given them up, or its lease is over.</summary>
internal sealed class Handover
{
    private readonly Lock _lock = new();
    private volatile Claim[] _claims = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether there is any such grain.</summary>
    internal bool IsAwaited => _claims.Length > 0;

    /// <summary>Whether another silo may still serve a grain.</summary>
    internal bool IsHeld(GrainId grain)
    {
        foreach (var claim in _claims)
        {
            if (claim.Holds(grain))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Completes when something has changed since a grain was found to be held, or at once if it is not held.</summary>
    internal Task ChangedAsync(GrainId grain, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return IsHeld(grain) ? _changed.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        }
    }

    /// <summary>Takes in what the table says; to be called before the view is used.</summary>
    /// <param name="view">The view.</param>
    /// <param name="self">This silo.</param>
    /// <param name="laggards">The members that have not given up all that the view gives to others.</param>
    internal void Update(ClusterView view, SiloAddress self, IEnumerable<(SiloAddress Silo, HandedOver HandedOver)> laggards)
    {
        Claim[] claims = [.. laggards.Where(laggard => !laggard.Silo.Equals(self)).Select(laggard => Claim.Of(laggard.Silo, laggard.HandedOver, view)).OfType<Claim>()];
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (claims.Length == 0 && _claims.Length == 0)
            {
                return;
            }

            _claims = claims;
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.TrySetResult();
    }
}
