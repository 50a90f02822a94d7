using Otp.Fraud;
using Otp.Programs;
using Otp.Storage;

namespace Otp.Grains.Tests.Fraud;

/// <summary>Does with the rules what one activation of the grain does. Several drivers of one store are activations that do not know of each other.</summary>
internal sealed class PrefixDriver(FraudGuard guard, PrefixStore store)
{
    private readonly PrefixRules _rules = new(guard);
    private int _etag;

    public PrefixState State { get; private set; } = PrefixState.Empty;

    public int Lease => _rules.Lease;

    public PrefixDecision Reserve(long now) => Commit(() => _rules.Reserve(State, now));

    public void Release(int minute, long now) => Commit(() => PrefixRules.Release(State, minute, now));

    public void Convert(int minute, long now) => Commit(() => _rules.Convert(State, minute, now));

    /// <summary>Stores what is in memory alone, as a silo that stops in order does.</summary>
    public void Close(long now) => Commit(() => new PrefixDecision(PrefixRules.Close(State, now)) { IsDurable = true });

    /// <summary>Forgets what is in memory, and reads what another activation has written.</summary>
    public void Reload() => (State, _etag) = (store.Read(), store.Etag);

    /// <summary>Notices that another activation has written.</summary>
    public void Refresh()
    {
        if (_etag != store.Etag)
        {
            Reload();
        }
    }

    private PrefixDecision Commit(Func<PrefixDecision> decide)
    {
        var decision = decide();
        if (decision.IsDurable && _etag != store.Etag)
        {
            Reload();
            decision = decide();
        }

        if (decision.IsDurable)
        {
            _etag = store.Write(decision.State);
        }

        State = decision.State;
        return decision;
    }
}

/// <summary>Where the record of one prefix is.</summary>
internal sealed class PrefixStore
{
    private readonly StateSerializer _serializer = new();
    private BinaryData? _record;

    /// <summary>How often it was written.</summary>
    public int Etag { get; private set; }

    public PrefixState Read() => _record is null ? PrefixState.Empty : _serializer.Deserialize<PrefixState>(_record);

    public int Write(PrefixState state)
    {
        _record = _serializer.Serialize(state);
        return ++Etag;
    }
}
