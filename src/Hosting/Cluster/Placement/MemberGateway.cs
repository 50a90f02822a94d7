using System.Reflection;
using Orleans.Configuration;

namespace Otp.Hosting.Cluster.Placement;

/// <summary>
/// A gateway that is a silo without grains of the domain: it sees the membership, and calls each grain's silo directly. Its name tells the
/// others, together with the membership version, that no grain is placed on it.
/// </summary>
public static class MemberGateway
{
    private const string NamePrefix = "gateway-";

    /// <summary>Makes the silo host no grain of this assembly, and take no clients.</summary>
    public static ISiloBuilder HostNoGrains(this ISiloBuilder silo, Assembly grains)
    {
        silo.Services.PostConfigure<SiloOptions>(static options => options.SiloName = $"{NamePrefix}{Guid.NewGuid():n}");
        silo.Services.PostConfigure<EndpointOptions>(static options => options.GatewayPort = 0);
        silo.Services.PostConfigure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == grains));
        return silo;
    }

    /// <summary>Whether a silo's name is that of such a gateway.</summary>
    public static bool IsName(string silo) => silo.StartsWith(NamePrefix, StringComparison.Ordinal);
}
