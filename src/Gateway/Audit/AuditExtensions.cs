using Otp.Gateway.Admin;
using Otp.Settings;

namespace Otp.Gateway.Audit;

/// <summary>Adds the audit to a gateway.</summary>
internal static class AuditExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        // Settings are checked again when they change; the file is open then, and its path cannot change.
        string? sound = null;
        services.AddOptions<OtpOptions>().Check((otp, faults) =>
        {
            if (otp.Audit.Path is { } path && path != sound && IsWritable(path, faults))
            {
                sound = path;
            }
        });
        return services.AddSingleton<AuditFile>().AddHostedService(static services => services.GetRequiredService<AuditFile>());
    }

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

    // An audit that is missed only when it is needed is worse than none.
    private static bool IsWritable(string path, FaultList faults)
    {
        try
        {
            AuditFile.Open(path).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.Add($"Otp:Audit:Path cannot be written: {exception.Message}");
            return false;
        }
    }
}
