using Orleans.Otp.Gateway.Pages;

namespace Orleans.Otp.Gateway.Operations;

/// <summary>Registers what the pages for developers and operators need.</summary>
internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddSingleton<EventStream>()
        .AddSingleton<InboxFeed>();
}
