using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Otp.Keys;
using Orleans.Otp.Operations;
using Orleans.Otp.Programs;
using Orleans.Otp.Targets;

namespace Orleans.Otp;

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
        services.AddOptions<OtpOptions>().Bind(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OtpOptions>, OtpOptionsValidator>());
        if (embedded)
        {
            services.AddOptions<OtpOptions>().PostConfigure<RandomNumberGenerator>(MakeUpKeys);
        }

        services.TryAddSingleton<ServiceKeys>();
        services.TryAddSingleton<ProgramCatalog>();
        services.TryAddSingleton<OperationIndex>();
        services.TryAddSingleton(provider => new TargetIndex(provider.GetRequiredService<ServiceKeys>().Target));
        return services;
    }

    private static void MakeUpKeys(OtpOptions options, RandomNumberGenerator random)
    {
        if (options.CodeKeys.Count == 0)
        {
            options.CodeKeys.Add(NewKey(random));
        }

        options.IndexKey ??= NewKey(random);
        options.Tokens.SigningKey ??= NewKey(random);
    }

    private static string NewKey(RandomNumberGenerator random)
    {
        var key = new byte[32];
        random.GetBytes(key);
        return Convert.ToBase64String(key);
    }
}
