using Orleans.Storage;
using Otp.Telemetry;

namespace Otp.Storage;

/// <summary>Where grains' records are. All its storages lead to the same records; they differ in how long they keep a write.</summary>
/// <param name="storages">Each storage, and the least time for which it keeps a record.</param>
/// <param name="system">The database, as the semantic conventions name it, such as <c>redis</c>; null in memory.</param>
/// <param name="lease">Says whether this silo may act; absent if it is the only one.</param>
public sealed class RecordStorage(
    IEnumerable<(TimeSpan Lifetime, IGrainStorage Storage)> storages, TimeProvider time, string? system = null, IMembershipLease? lease = null)
{
    private readonly (TimeSpan Lifetime, IGrainStorage Storage)[] _storages = [.. storages.OrderBy(s => s.Lifetime)];

    /// <summary>The membership version that this silo acts under; null if it may not act. Constant if it is the only one.</summary>
    internal long? MembershipVersion => lease is null ? 0 : lease.Version;

    /// <summary>Renews the lease if it has expired.</summary>
    /// <exception cref="SiloUnavailableException">This silo may not act.</exception>
    internal Task EnsureLeaseAsync() => MembershipVersion is null ? lease!.RenewAsync() : Task.CompletedTask;

    /// <summary>For reading and clearing, which all of them do alike.</summary>
    internal IGrainStorage Any => _storages[0].Storage;

    /// <summary>For writing: the storage that keeps a record long enough, and no longer than it must.</summary>
    /// <param name="until">Until when the record is needed, in UTC ticks.</param>
    internal IGrainStorage KeepingUntil(long until)
    {
        var needed = TimeSpan.FromTicks(until - time.GetUtcNow().UtcTicks);
        return _storages.FirstOrDefault(s => s.Lifetime >= needed, _storages[^1]).Storage;
    }

    /// <summary>Starts to measure one operation on a grain's record.</summary>
    internal StorageCall Begin(string operation, GrainId grain) => new(grain.Type.ToString()!, operation, system, time);
}

/// <summary>Says whether this silo may act for the grains in its memory. Otherwise other silos may have taken them over.</summary>
public interface IMembershipLease
{
    /// <summary>The membership version that this silo acts under; null if it has not seen itself active recently.</summary>
    long? Version { get; }

    /// <summary>Reads the membership now.</summary>
    /// <exception cref="SiloUnavailableException">The silo is not active: the caller must retry on the silo that replaced it.</exception>
    Task RenewAsync();
}
