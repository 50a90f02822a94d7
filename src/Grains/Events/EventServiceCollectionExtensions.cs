using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp.Programs;

namespace Otp.Events;

/// <summary>Registers in a silo what tells programs of events.</summary>
public static class EventServiceCollectionExtensions
{
    /// <summary>Adds events and their delivery. <see cref="EventWaker"/> is for processes that run for long.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.TryAddSingleton<EventRecords>();
        services.TryAddSingleton<EventSender>();
        services.TryAddSingleton<EventServices>();
        services.AddSingleton<IValidateOptions<OtpOptions>, EventOptionsValidator>();
        return services;
    }
}
