using Otp.Gateway.OpenApi;

namespace Otp.Gateway.Loyalife;

/// <summary>The calls of the Loyalife API.</summary>
internal static class LoyalifeEndpoints
{
    public const string Root = "/lbms-ingress";

    public static IServiceCollection AddLoyalife(this IServiceCollection services) => services
        .AddSingleton<ISurfaceErrors, LoyalifeErrors>()
        .AddSingleton<Recipients>()
        .AddSingleton<TokenEndpoint>();

    public static void MapLoyalife(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (flow, recipients) = (services.GetRequiredService<OtpFlow>(), services.GetRequiredService<Recipients>());
        routes.MapPost($"{Root}/oauth/api/Auth/Token", services.GetRequiredService<TokenEndpoint>().HandleAsync).WithMetadata(new AuditedAct("request token"), LoyalifeCalls.Token);

        var (send, check) = (new AuditedAct("send"), new AuditedAct("verify"));
        var member = routes.MapGroup($"{Root}/member/api/Member").RequireAuthorization(BearerAuthentication.MemberPolicy);
        member.MapPost("/GenerateOTP", GenerateAsync(Reference.Email)).WithMetadata(send, LoyalifeCalls.Generate);
        member.MapPost("/GenerateOTPByRelationReference", GenerateAsync(Reference.Relation)).WithMetadata(send, LoyalifeCalls.GenerateByRelationReference);
        member.MapPost("/VerifyOTP", VerifyAsync(Reference.Email)).WithMetadata(check, LoyalifeCalls.Verify);
        member.MapPost("/VerifyOTPByRelationReference", VerifyAsync(Reference.Relation)).WithMetadata(check, LoyalifeCalls.VerifyByRelationReference);

        RequestDelegate GenerateAsync(Reference kind) => context => flow.SendAsync(context, new GenerateCall(context, kind, recipients));
        RequestDelegate VerifyAsync(Reference kind) => context => flow.VerifyAsync(context, new VerifyCall(context, kind, recipients));
    }
}
