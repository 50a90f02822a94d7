using Otp.Telemetry;
using Orleans.Storage;

namespace Otp.Storage;

/// <summary>A storage of grains' records, with the name and the clock by which what is done there is measured.</summary>
/// <param name="name">One of <see cref="StorageNames"/>.</param>
/// <param name="provider">Where records are.</param>
/// <param name="time">The clock.</param>
/// <param name="system">What the records are in, as the semantic conventions call it, such as <c>redis</c>; null where nobody needs to know.</param>
/// <param name="membershipVersion">Says under which membership version memory can be trusted; null where this silo is the only one.</param>
public sealed class RecordStorage(string name, IGrainStorage provider, TimeProvider time, string? system = null, Func<long?>? membershipVersion = null)
{
    /// <summary>Where records are.</summary>
    internal IGrainStorage Provider => provider;

    /// <summary>The membership version under which memory can be trusted now; null where it cannot. Constant where this silo is the only one.</summary>
    internal long? MembershipVersion => membershipVersion is null ? 0 : membershipVersion();

    /// <summary>Begins to measure one operation on it.</summary>
    internal StorageCall Begin(string operation) => new(name, operation, system, time);
}
