using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Delivery;

public static class DeliveryServiceCollectionExtensions
{
    /// <summary>Adds delivery; the caller binds <see cref="DeliveryOptions"/>. A registered <see cref="IDeliveryProvider"/> can be listed too.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DeliveryProviders>();
        services.TryAddSingleton<CodeDelivery>();
        services.TryAddSingleton<MessageTemplates>();
        services.TryAddSingleton<MessageComposer>();
        services.AddSingleton<IPostConfigureOptions<OtpOptions>, TemplateFiles>();
        services.AddSingleton<IValidateOptions<OtpOptions>, TemplateValidator>();
        services.AddSingleton<IValidateOptions<OtpOptions>, DeliveryValidator>();
        services.AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryValidator>();
        return services;
    }
}
