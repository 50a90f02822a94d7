namespace Otp.Gateway.Audit;

internal sealed partial class AuditMiddleware
{
    [LoggerMessage(4001, LogLevel.Information, "Done: {Act} {Subject} by {Client} of program {Program}: {Status}")]
    private partial void LogDone(string act, string subject, string client, string program, int status);

    [LoggerMessage(4002, LogLevel.Warning, "Refused: {Act} {Subject} by {Client} of program {Program}: {Status}")]
    private partial void LogRefused(string act, string subject, string client, string program, int status);

    [LoggerMessage(4003, LogLevel.Error, "Failed, perhaps half done: {Act} {Subject} by {Client} of program {Program}")]
    private partial void LogFailed(string act, string subject, string client, string program);
}
