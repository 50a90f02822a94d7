using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

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
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeliveryProvider, SmtpProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeliveryProvider, InboxProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>());
        return services;
    }
}
