namespace Otp.Hosting.Cluster.Membership;

/// <summary>Ends the process when Orleans cannot go on, above all when this silo was declared dead. A supervisor starts it as a new silo.</summary>
internal sealed partial class FatalErrorExit(ILogger<FatalErrorExit> logger, ILoggerFactory loggers) : IFatalErrorHandler
{
    /// <summary>Exit code of a process that is to be started again (EX_TEMPFAIL of sysexits.h).</summary>
    public const int ExitCode = 75;

    public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        LogEnded(sender?.GetType().Name, context, exception?.GetType().FullName);
        loggers.Dispose();
        Environment.Exit(ExitCode);
    }

    [LoggerMessage(2025, LogLevel.Critical, "This silo ends, to be started again: {Component}: {Context} {ExceptionType}")]
    private partial void LogEnded(string? component, string? context, string? exceptionType);
}
