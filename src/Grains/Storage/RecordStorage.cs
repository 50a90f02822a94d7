using Orleans.Storage;
using Otp.Telemetry;

namespace Otp.Storage;

/// <summary>Where grains' records are: the same records, through storages that keep what is written for different times.</summary>
public sealed class RecordStorage
{
    private readonly (TimeSpan Lifetime, IGrainStorage Storage)[] _storages;
    private readonly TimeProvider _time;
    private readonly string? _system;
    private readonly IMembershipLease? _lease;

    /// <summary>Puts the storages together.</summary>
    /// <param name="storages">Each storage, and how long it keeps a record at least.</param>
    /// <param name="time">The clock.</param>
    /// <param name="system">What the records are in, as the semantic conventions call it, such as <c>redis</c>; null where nobody needs to know.</param>
    /// <param name="lease">Says whether this silo may act; absent where it is the only one.</param>
    public RecordStorage(
        IEnumerable<(TimeSpan Lifetime, IGrainStorage Storage)> storages, TimeProvider time, string? system = null, IMembershipLease? lease = null)
    {
        _storages = [.. storages.OrderBy(s => s.Lifetime)];
        (_time, _system, _lease) = (time, system, lease);
    }

    /// <summary>The membership version that this silo acts under; null where it may not. Constant where it is the only one.</summary>
    internal long? MembershipVersion => _lease is null ? 0 : _lease.Version;

    /// <summary>Has the silo look whether it may act, if it does not know.</summary>
    /// <exception cref="SiloUnavailableException">It may not.</exception>
    internal Task EnsureLeaseAsync() => MembershipVersion is null ? _lease!.RenewAsync() : Task.CompletedTask;

    /// <summary>For reading and clearing, where all of them do the same.</summary>
    internal IGrainStorage Any => _storages[0].Storage;

    /// <summary>For writing: the storage that keeps a record for the shortest time which is long enough.</summary>
    /// <param name="until">The instant at which nobody needs the record any longer, in UTC ticks.</param>
    internal IGrainStorage KeepingUntil(long until)
    {
        var needed = TimeSpan.FromTicks(until - _time.GetUtcNow().UtcTicks);
        foreach (var (lifetime, storage) in _storages)
        {
            if (lifetime >= needed)
            {
                return storage;
            }
        }

        return _storages[^1].Storage;
    }

    /// <summary>Begins to measure one operation on a grain's record.</summary>
    internal StorageCall Begin(string operation, GrainId grain) => new(grain.Type.ToString()!, operation, _system, _time);
}
