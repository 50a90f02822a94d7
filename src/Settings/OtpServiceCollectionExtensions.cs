using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Otp.Delivery;
using Otp.Keys;
using Otp.Members;
using Otp.Programs;
using Otp.Targets;
using Otp.Verifications;

namespace Otp;

/// <summary>Registers what gateways and silos have in common.</summary>
public static class OtpServiceCollectionExtensions
{
    /// <summary>Adds the service's settings, checked at start, and what is made from them: keys, programs, indexes.</summary>
    /// <param name="section">The <c>Otp</c> section.</param>
    /// <param name="embedded">Whether state ends with the process: it then generates the keys that are not configured.</param>
    public static IServiceCollection AddOtp(this IServiceCollection services, IConfiguration section, bool embedded)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        var options = services.AddOptions<OtpOptions>()
            .BindStrictly(section, OtpOptions.Section, OtpOptions.DeliverySection)
            .Check<OtpOptions, TimeProvider>(static (options, time, faults) => options.Check(time, faults))
            .ValidateOnStart();
        if (embedded)
        {
            services.AddSingleton<GeneratedKeys>();
            options.PostConfigure<GeneratedKeys>(static (options, keys) => keys.Complete(options));
        }

        services.TryAddSingleton<ServiceKeys>();
        services.TryAddSingleton<Seal>();
        services.TryAddSingleton<ReceiptTokens>();
        services.TryAddSingleton<ProgramCatalog>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ProgramReload>(provider, section));
        services.TryAddSingleton<OperationIndex>();
        services.TryAddSingleton(provider => new TargetIndex(provider.GetRequiredService<ServiceKeys>().Target));
        services.TryAddSingleton<MemberIndex>();
        services.TryAddSingleton<VerificationIndex>();
        return services;
    }
}
