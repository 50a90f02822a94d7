using Otp.Gateway.Audit;
using Otp.Gateway.Auth;
using Otp.Gateway.Http;

namespace Otp.Gateway.Loyalife;

/// <summary>The calls of the Loyalife API.</summary>
internal static class LoyalifeEndpoints
{
    /// <summary>Where its paths begin.</summary>
    public const string Root = "/lbms-ingress";

    public static IServiceCollection AddLoyalife(this IServiceCollection services) => services
        .AddSingleton<ISurfaceErrors, LoyalifeErrors>()
        .AddSingleton<Recipients>()
        .AddSingleton<TokenEndpoint>()
        .AddSingleton<GenerateEndpoint>()
        .AddSingleton<VerifyEndpoint>();

    public static void MapLoyalife(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var generate = services.GetRequiredService<GenerateEndpoint>();
        var verify = services.GetRequiredService<VerifyEndpoint>();
        routes.MapPost($"{Root}/oauth/api/Auth/Token", services.GetRequiredService<TokenEndpoint>().HandleAsync).WithMetadata(new AuditedAct("request token"));

        var (send, check) = (new AuditedAct("send"), new AuditedAct("verify"));
        var member = routes.MapGroup($"{Root}/member/api/Member").RequireAuthorization(BearerAuthentication.MemberPolicy);
        member.MapPost("/GenerateOTP", context => generate.HandleAsync(context, MemberLookup.ByEmail)).WithMetadata(send);
        member.MapPost("/GenerateOTPByRelationReference", context => generate.HandleAsync(context, MemberLookup.ByRelationReference)).WithMetadata(send);
        member.MapPost("/VerifyOTP", context => verify.HandleAsync(context, MemberLookup.ByEmail)).WithMetadata(check);
        member.MapPost("/VerifyOTPByRelationReference", context => verify.HandleAsync(context, MemberLookup.ByRelationReference)).WithMetadata(check);
    }
}
