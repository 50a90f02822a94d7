using Otp.Hosting.Cluster.Membership;
using Otp.Storage;

namespace Otp.Silo;

/// <summary>The cluster's lease, as records ask for it.</summary>
internal sealed class SiloLease(MembershipLease lease) : IMembershipLease
{
    public long? Version => lease.Version;

    public async Task RenewAsync()
    {
        await lease.RenewAsync();
        if (lease.Version is null)
        {
            throw new SiloUnavailableException("This silo is not active any longer.");
        }
    }
}
