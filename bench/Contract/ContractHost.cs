using System.Text;
using Otp.Delivery;
using Otp.Keys;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>The HTTP that the designs have in common.</summary>
internal static class ContractHost
{
    /// <summary>A builder that sets its server up as the service does.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = 16 * 1024;
        });
        return builder;
    }

    /// <summary>Adds settings, authentication and endpoints, and the design that answers them.</summary>
    public static IServiceCollection AddContract<TService>(this IServiceCollection services, IConfiguration configuration)
        where TService : class, IOneTimeCodeService =>
        services
            .AddOtp(configuration.GetSection(OtpOptions.Section), embedded: false)
            .AddSingleton<OneTimeCodes>()
            .AddSingleton<Seal>()
            .AddSingleton<CustomerSecrets>()
            .AddSingleton<MessageTemplates>()
            .AddSingleton<MessageComposer>()
            .AddSingleton<DiscardedMessages>()
            .AddSingleton<IOneTimeCodeService, TService>()
            .AddSingleton<SendEndpoint>()
            .AddSingleton<VerifyEndpoint>()
            .AddSingleton<MemberVerifyEndpoint>()
            .AddBearerAuthentication();

    /// <summary>Maps the calls.</summary>
    public static void MapContract(this WebApplication app)
    {
        app.UseMiddleware<RequestMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        var calls = app.MapGroup("/v2/giftcards/customers/otp").RequireAuthorization(ClientRoles.Otp);
        calls.MapPost("/send", app.Services.GetRequiredService<SendEndpoint>().HandleAsync);
        calls.MapPost("/verify", app.Services.GetRequiredService<VerifyEndpoint>().HandleAsync);
        app.MapPost("/lbms-ingress/member/api/Member/VerifyOTP", app.Services.GetRequiredService<MemberVerifyEndpoint>().HandleAsync)
            .RequireAuthorization(ClientRoles.Otp);
        app.MapGet("/health/ready", static () => Results.Ok());
    }
}
