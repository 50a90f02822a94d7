using Orleans.Otp.Gateway.Auth;

namespace Orleans.Otp.Gateway.Admin;

/// <summary>Logs every act of an operator under <c>Orleans.Otp.Audit</c>, and every one that was refused or failed; never an address.</summary>
internal sealed partial class AuditMiddleware(RequestDelegate next, ILoggerFactory loggers)
{
    private const string Category = "Orleans.Otp.Audit";
    private const string Unknown = "-";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <summary>Logs before the answer leaves: whoever has an answer finds the event.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var isLogged = false;
        context.Response.OnStarting(() =>
        {
            LogOnce(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more, and there may be none.
            LogOnce(StatusCodes.Status500InternalServerError);
            throw;
        }

        void LogOnce(int status)
        {
            if (!isLogged)
            {
                isLogged = true;
                Log(context, status);
            }
        }
    }

    private void Log(HttpContext context, int status)
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
