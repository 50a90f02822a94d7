using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp.Keys;
using Otp.Members;
using Otp.Operations;
using Otp.Programs;
using Otp.Settings;
using Otp.Targets;

namespace Otp;

/// <summary>Registers what gateways and silos have in common.</summary>
public static class OtpServiceCollectionExtensions
{
    /// <summary>Adds the service's settings, checked at start, and what is made from them: keys, programs, indexes.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="section">The <c>Otp</c> section.</param>
    /// <param name="embedded">Whether state dies with the process: keys that are not configured are then made up.</param>
    public static IServiceCollection AddOtp(this IServiceCollection services, IConfiguration section, bool embedded)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RandomNumberGenerator, PooledRandom>();
        services.AddOptions<OtpOptions>().BindStrictly(section, OtpOptions.Section, OtpOptions.DeliverySection).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OtpOptions>, OtpOptionsValidator>());
        if (embedded)
        {
            services.AddSingleton<MadeUpKeys>();
            services.AddOptions<OtpOptions>().PostConfigure<MadeUpKeys>(static (options, keys) => keys.Complete(options));
        }

        services.TryAddSingleton<ServiceKeys>();
        services.TryAddSingleton<ProgramCatalog>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ProgramReload>(provider, section));
        services.TryAddSingleton<OperationIndex>();
        services.TryAddSingleton(provider => new TargetIndex(provider.GetRequiredService<ServiceKeys>().Target));
        services.TryAddSingleton<MemberIndex>();
        return services;
    }
}
