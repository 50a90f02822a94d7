namespace Otp.Gateway.Http;

internal sealed partial class GrainCall
{
    [LoggerMessage(3010, LogLevel.Information, "A call to a grain is made again, for the {Attempt}. time, after {ExceptionType}")]
    private partial void LogRetry(int attempt, string? exceptionType);

    [LoggerMessage(3011, LogLevel.Warning, "A call to a grain failed with {ExceptionType}")]
    private partial void LogUnavailable(string? exceptionType);

    [LoggerMessage(3012, LogLevel.Debug, "The grain call's fault in full")]
    private partial void LogUnavailableDetail(Exception exception);

    [LoggerMessage(3013, LogLevel.Warning, "{Limit} calls to grains are under way: further ones are refused")]
    private partial void LogTooMany(int limit);

    [LoggerMessage(3014, LogLevel.Warning, "A silo does not know program {Program}, which this gateway's settings name (Otp:Programs): their settings differ")]
    private partial void LogUnknownProgram(string program);
}
