using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Otp.Hosting.Cluster.Membership;

/// <summary>What notices that a process is gone, and what follows.</summary>
internal static class MembershipExtensions
{
    public static void AddFailureDetection(this ISiloBuilder silo)
    {
        silo.AddClusterTimes();
        ConnectionWatch.Add(silo);
        silo.Services
            .AddSingleton<MembershipLease>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<MembershipLease>())
            .Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, FatalErrorExit>());
    }
}
