using Otp.Gateway.Audit;
using Otp.Gateway.Auth;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>The calls of the LoyaltyDog API.</summary>
internal static class LoyaltyDogEndpoints
{
    public static IServiceCollection AddLoyaltyDog(this IServiceCollection services) => services
        .AddSingleton<SendEndpoint>()
        .AddSingleton<VerifyEndpoint>()
        .AddSingleton<SessionEndpoint>();

    public static void MapLoyaltyDog(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        routes.MapPost("/v2/token", TokenEndpoint.HandleAsync).WithMetadata(new AuditedAct("request token"));

        var customers = routes.MapGroup("/v2/giftcards/customers").RequireAuthorization(BearerAuthentication.OtpPolicy);
        customers.MapPost("/otp/send", services.GetRequiredService<SendEndpoint>().HandleAsync).WithMetadata(new AuditedAct("send"));
        customers.MapPost("/otp/verify", services.GetRequiredService<VerifyEndpoint>().HandleAsync).WithMetadata(new AuditedAct("verify"));
        customers.MapPost("/session", services.GetRequiredService<SessionEndpoint>().HandleAsync).WithMetadata(new AuditedAct("check session"));
    }
}
