namespace Otp.Gateway.Http;

internal sealed partial class ErrorMiddleware
{
    [LoggerMessage(3001, LogLevel.Error, "The request failed with {ExceptionType}")]
    private partial void LogFault(string? exceptionType);

    [LoggerMessage(3002, LogLevel.Debug, "The request's fault in full")]
    private partial void LogFaultDetail(Exception exception);
}
