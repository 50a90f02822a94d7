using Otp.Hosting.Cluster.Membership;
using Otp.Storage;

namespace Otp.Silo;

/// <summary>Adapts the cluster's lease to the storage of records.</summary>
internal sealed class SiloLease(MembershipLease lease) : IMembershipLease
{
    public long? Version => lease.Version;

    public async Task RenewAsync()
    {
        await lease.RenewAsync();
        if (lease.Version is null)
        {
            throw new SiloUnavailableException("This silo is no longer active.");
        }
    }
}
