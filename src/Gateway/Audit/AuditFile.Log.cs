namespace Otp.Gateway.Audit;

internal sealed partial class AuditFile
{
    [LoggerMessage(4010, LogLevel.Error, "{Count} audited requests could not be written and are lost")]
    private partial void LogLost(long count);

    [LoggerMessage(4011, LogLevel.Error, "The audit's file cannot be written; events wait in memory, and writing is tried again every second")]
    private partial void LogUnwritable(Exception exception);

    [LoggerMessage(4012, LogLevel.Information, "The audit's file is written again")]
    private partial void LogWritable();
}
