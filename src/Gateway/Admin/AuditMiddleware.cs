using Orleans.Otp.Gateway.Auth;

namespace Orleans.Otp.Gateway.Admin;

/// <summary>Logs every act of an operator under <c>Orleans.Otp.Audit</c>, and every one that was refused or failed; never an address.</summary>
internal sealed partial class AuditMiddleware(RequestDelegate next, ILoggerFactory loggers)
{
    private const string Category = "Orleans.Otp.Audit";
    private const string Unknown = "-";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public async Task InvokeAsync(HttpContext context)
    {
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<AuditedAct>() is { } act)
            {
                Log(
                    act.Name,
                    context.User.FindFirst(TokenClaims.ClientId)?.Value ?? Unknown,
                    context.User.FindFirst(TokenClaims.Program)?.Value ?? Unknown,
                    context.Features.Get<AuditSubject>()?.Name ?? Unknown,
                    status);
            }
        }
    }

    private void Log(string act, string client, string program, string subject, int status)
    {
        switch (status)
        {
            case < StatusCodes.Status400BadRequest:
                LogDone(act, subject, client, program, status);
                break;
            case < StatusCodes.Status500InternalServerError:
                LogRefused(act, subject, client, program, status);
                break;
            default:
                LogFailed(act, subject, client, program);
                break;
        }
    }
}
