using Microsoft.Extensions.Options;
using Otp.Gateway.Admin;

namespace Otp.Gateway.Audit;

/// <summary>Adds the audit to a gateway.</summary>
internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<IValidateOptions<OtpOptions>, AuditOptionsValidator>()
        .AddSingleton<AuditFile>()
        .AddHostedService(static services => services.GetRequiredService<AuditFile>());

    /// <summary>Audits all requests where there is a file for that, or else the operators' alone.</summary>
    public static void UseAudit(this WebApplication app)
    {
        if (app.Services.GetRequiredService<AuditFile>().IsOpen)
        {
            app.UseMiddleware<AuditMiddleware>();
        }
        else
        {
            app.UseWhen(
                static context => context.Request.Path.StartsWithSegments(AdminEndpoints.Root, StringComparison.OrdinalIgnoreCase),
                static admin => admin.UseMiddleware<AuditMiddleware>());
        }
    }
}
