using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Otp.Programs;

namespace Orleans.Otp.Delivery;

/// <summary>Registers delivery in a silo.</summary>
public static class DeliveryServiceCollectionExtensions
{
    /// <summary>Adds the delivery service and its providers; the caller binds <see cref="DeliveryOptions"/>.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.TryAddSingleton<DeliveryService>();

        services.AddDeliveryProvider<SmtpProvider>(SmtpProvider.ProviderName);
        services.AddDeliveryProvider<InboxProvider>(InboxProvider.ProviderName);

        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>();
        services.AddSingleton<IValidateOptions<OtpOptions>, ProgramDeliveryValidator>();
        return services;
    }

    /// <summary>Adds a provider, which settings may then list by its name.</summary>
    public static IServiceCollection AddDeliveryProvider<TProvider>(this IServiceCollection services, string name)
        where TProvider : class, IDeliveryProvider =>
        services
            .AddSingleton<IDeliveryProvider, TProvider>()
            .AddSingleton(new DeliveryProviderName(name));
}
