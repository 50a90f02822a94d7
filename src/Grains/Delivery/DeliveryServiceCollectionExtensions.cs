using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Delivery;

/// <summary>Registers delivery in a silo.</summary>
public static class DeliveryServiceCollectionExtensions
{
    /// <summary>Adds messages, the delivery service and its providers; the caller binds <see cref="DeliveryOptions"/>.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => RandomNumberGenerator.Create());
        services.TryAddSingleton<DeliveryProviders>();
        services.TryAddSingleton<DeliveryService>();
        services.AddDeliveryProvider<InboxProvider>(InboxProvider.ProviderName);
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsValidator>();
        services.AddSingleton<IValidateOptions<OtpOptions>, ProgramDeliveryValidator>();
        return services.AddMessages();
    }

    /// <summary>Adds a provider of the program's own, which settings may then list by its name.</summary>
    public static IServiceCollection AddDeliveryProvider<TProvider>(this IServiceCollection services, string name)
        where TProvider : class, IDeliveryProvider =>
        services
            .AddSingleton<IDeliveryProvider, TProvider>()
            .AddSingleton(new DeliveryProviderName(name));

    private static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.TryAddSingleton<TemplateCompiler>();
        services.TryAddSingleton<MessageTemplates>();
        services.TryAddSingleton<MessageComposer>();
        services.AddSingleton<IPostConfigureOptions<OtpOptions>, TemplateFiles>();
        services.AddSingleton<IValidateOptions<OtpOptions>, TemplateValidator>();
        return services;
    }
}
