using Otp.Keys;
using Otp.Telemetry;

namespace Otp.Gateway.Audit;

/// <summary>
/// Writes every audited request to the audit's file, and logs every act of an operator under <c>Otp.Audit</c>, done, refused, failed or
/// abandoned; never an address.
/// </summary>
internal sealed partial class AuditMiddleware(RequestDelegate next, AuditFile file, TimeProvider time, ILoggerFactory loggers)
{
    private const string Category = "Otp.Audit";
    private const string Unknown = "-";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    /// <summary>Queues the event before the answer leaves: a caller who has an answer finds the event in the file as soon as the queue is written.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var record = new AuditRecord();
        var isWritten = false;
        context.Features.Set(record);
        context.Response.OnStarting(() =>
        {
            WriteOnce(context.Response.StatusCode);
            return Task.CompletedTask;
        });
        try
        {
            await next(context);

            // An answer without a body starts only after the whole pipeline; an error may still get a body.
            if (context.Response.StatusCode < StatusCodes.Status400BadRequest)
            {
                WriteOnce(context.Response.StatusCode);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has hung up, and no answer may ever start.
            WriteOnce(StatusCodes.Status499ClientClosedRequest);
            throw;
        }

        void WriteOnce(int status)
        {
            if (!isWritten)
            {
                isWritten = true;
                Write(context, record, status);
            }
        }
    }

    private void Write(HttpContext context, AuditRecord record, int status)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AuditedAct>() is not { } act)
        {
            return;
        }

        var result = ResultOf(status);
        var done = new AuditEvent(
            time.GetUtcNow().UtcDateTime,
            context.TraceIdentifier,
            act.Name,
            record.Client?.Id ?? context.User.FindFirst(TokenClaims.ClientId)?.Value,
            record.ClaimedClient?.Id,
            record.Client?.Program.Id ?? context.User.FindFirst(TokenClaims.Program)?.Value,
            AddressOf(context),
            record.GrainKey is { } key ? GrainKeys.ShortNameOf(key) : null,
            record.Outcome ?? TagValues.Of(result),
            status);
        file.Write(done);
        if (act.IsOperators)
        {
            Log(result, done, done.Subject ?? Unknown, done.Client ?? Unknown, done.Program ?? Unknown, done.Caller ?? Unknown);
        }
    }

    private static AuditResult ResultOf(int status) => status switch
    {
        < StatusCodes.Status400BadRequest => AuditResult.Done,
        StatusCodes.Status499ClientClosedRequest => AuditResult.Abandoned,
        < StatusCodes.Status500InternalServerError => AuditResult.Refused,
        _ => AuditResult.Failed,
    };

    private static string? AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4().ToString() : context.Connection.RemoteIpAddress?.ToString();

    private void Log(AuditResult result, AuditEvent done, string subject, string client, string program, string caller)
    {
        switch (result)
        {
            case AuditResult.Done:
                LogDone(done.Act, subject, client, program, caller, done.Status);
                break;
            case AuditResult.Refused:
                LogRefused(done.Act, subject, client, program, caller, done.Status);
                break;
            case AuditResult.Failed:
                LogFailed(done.Act, subject, client, program, caller);
                break;
            case AuditResult.Abandoned:
                LogAbandoned(done.Act, subject, client, program, caller);
                break;
        }
    }

    [LoggerMessage(4001, LogLevel.Information, "Done: {Act} {Subject} by {Client} of program {Program} from {Caller}: {Status}")]
    private partial void LogDone(string act, string subject, string client, string program, string caller, int status);

    [LoggerMessage(4002, LogLevel.Warning, "Refused: {Act} {Subject} by {Client} of program {Program} from {Caller}: {Status}")]
    private partial void LogRefused(string act, string subject, string client, string program, string caller, int status);

    [LoggerMessage(4003, LogLevel.Error, "Failed, perhaps half done: {Act} {Subject} by {Client} of program {Program} from {Caller}")]
    private partial void LogFailed(string act, string subject, string client, string program, string caller);

    [LoggerMessage(4004, LogLevel.Warning, "Abandoned by its caller, perhaps done: {Act} {Subject} by {Client} of program {Program} from {Caller}")]
    private partial void LogAbandoned(string act, string subject, string client, string program, string caller);
}
