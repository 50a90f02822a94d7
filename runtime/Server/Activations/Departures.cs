namespace Orleans.Runtime;

/// <summary>The activations that have not ended yet although their grains belong to other silos.</summary>
internal sealed class Departures
{
    private const int MaxExceptions = 64;

    private readonly HashSet<Activation> _ending = [];
    private HandedOver _last = new(0, []);
    private long _walked;

    /// <summary>Called when there may be more to tell.</summary>
    internal Action? Changed { get; set; }

    internal void Add(Activation activation)
    {
        lock (_ending)
        {
            _ending.Add(activation);
        }
    }

    /// <summary>An activation has ended, whether its grain has moved or not.</summary>
    internal void Remove(Activation activation)
    {
        lock (_ending)
        {
            if (!_ending.Remove(activation) || _ending.Count > MaxExceptions)
            {
                return;
            }

            if (_ending.Count == 0)
            {
                _ending.TrimExcess();
            }
        }

        Changed?.Invoke();
    }

    /// <summary>All activations of grains that a version of the view gives to others have been told to end.</summary>
    internal void Walked(long version)
    {
        lock (_ending)
        {
            _walked = version;
        }

        Changed?.Invoke();
    }

    /// <summary>What the silo has given up.</summary>
    internal HandedOver Report()
    {
        lock (_ending)
        {
            return _ending.Count <= MaxExceptions
                ? _last = new(_walked, [.. _ending.Select(static activation => activation.GrainId.GetUniformHashCode())])
                : _last;
        }
    }
}
