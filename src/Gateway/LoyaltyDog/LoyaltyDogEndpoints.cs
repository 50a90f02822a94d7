using Otp.Gateway.OpenApi;

namespace Otp.Gateway.LoyaltyDog;

/// <summary>The calls of the LoyaltyDog API.</summary>
internal static class LoyaltyDogEndpoints
{
    public static IServiceCollection AddLoyaltyDog(this IServiceCollection services) => services
        .AddSingleton<TokenEndpoint>()
        .AddSingleton<SessionEndpoint>();

    public static void MapLoyaltyDog(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (flow, targets, sessions) =
            (services.GetRequiredService<OtpFlow>(), services.GetRequiredService<TargetIndex>(), services.GetRequiredService<SessionEndpoint>());
        routes.MapPost("/v2/token", services.GetRequiredService<TokenEndpoint>().HandleAsync).WithMetadata(new AuditedAct("request token"), LoyaltyDogCalls.Token);

        var customers = routes.MapGroup("/v2/giftcards/customers").RequireAuthorization(BearerAuthentication.OtpPolicy);
        customers.MapPost("/otp/send", context => flow.SendAsync(context, new SendCall(context, targets))).WithMetadata(new AuditedAct("send"), LoyaltyDogCalls.Send);
        customers.MapPost("/otp/verify", context => flow.VerifyAsync(context, new VerifyCall(context, targets))).WithMetadata(new AuditedAct("verify"), LoyaltyDogCalls.Verify);
        customers.MapPost("/session", sessions.FindAsync).WithMetadata(new AuditedAct("check session"), LoyaltyDogCalls.Session);
        customers.MapDelete("/session", sessions.EndAsync).WithMetadata(new AuditedAct("end session"), LoyaltyDogCalls.EndSession);
    }
}
