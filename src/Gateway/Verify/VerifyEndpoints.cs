using Microsoft.AspNetCore.Authentication;
using Otp.Gateway.OpenApi;

namespace Otp.Gateway.Verify;

/// <summary>The calls of the Verify API: Twilio's, version 2.</summary>
internal static class VerifyEndpoints
{
    /// <summary>Where its paths begin.</summary>
    public const string Root = "/v2/Services";

    public const string ServiceSidParameter = "serviceSid";
    public const string SidParameter = "sid";

    public static IServiceCollection AddVerify(this IServiceCollection services)
    {
        // Not by AddAuthentication, which would bring data protection back.
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BasicAuthentication>(BasicAuthentication.SchemeName, static _ => { });
        services.AddAuthorizationBuilder().AddPolicy(
            BasicAuthentication.Policy,
            static policy => policy.AddAuthenticationSchemes(BasicAuthentication.SchemeName).RequireAuthenticatedUser().RequireClientRole(ClientRoles.Otp));
        return services
            .AddSingleton<ISurfaceErrors, VerifyErrors>()
            .AddSingleton<VerificationDirectory>()
            .AddSingleton<VerificationEndpoint>();
    }

    public static void MapVerify(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (flow, directory, verifications) =
            (services.GetRequiredService<OtpFlow>(), services.GetRequiredService<VerificationDirectory>(), services.GetRequiredService<VerificationEndpoint>());
        var service = routes.MapGroup($"{Root}/{{{ServiceSidParameter}}}").RequireAuthorization(BasicAuthentication.Policy);
        routes.MapGet($"{Root}/{{{ServiceSidParameter}}}", ServiceEndpoint.HandleAsync).RequireAuthorization(BasicAuthentication.Policy).WithMetadata(VerifyCalls.Service);
        service.MapPost("/Verifications", context => flow.SendAsync(context, new StartCall(context, directory))).WithMetadata(new AuditedAct("send"), VerifyCalls.Start);
        service.MapPost("/VerificationCheck", context => flow.VerifyAsync(context, new CheckCall(context, directory))).WithMetadata(new AuditedAct("verify"), VerifyCalls.Check);
        service.MapGet($"/Verifications/{{{SidParameter}}}", verifications.FetchAsync).WithMetadata(new AuditedAct("fetch verification"), VerifyCalls.Fetch);
        service.MapPost($"/Verifications/{{{SidParameter}}}", verifications.UpdateAsync).WithMetadata(new AuditedAct("update verification"), VerifyCalls.Update);
    }

    /// <summary>The service that the path names.</summary>
    public static string ServiceSidOf(HttpContext context) => context.GetRouteValue(ServiceSidParameter) as string ?? "";

    /// <summary>The absolute address, as the caller reaches this gateway, of a service or of something of it.</summary>
    public static string AddressOf(HttpContext context, string serviceSid, string? part = null)
    {
        var service = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{Root}/{serviceSid}";
        return part is null ? service : $"{service}/{part}";
    }
}
