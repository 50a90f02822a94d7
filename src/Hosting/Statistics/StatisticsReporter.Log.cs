using Microsoft.Extensions.Logging;

namespace Otp.Statistics;

internal sealed partial class StatisticsReporter
{
    [LoggerMessage(5002, LogLevel.Information, "This process' statistics could not be reported: {ExceptionType}; what it counts is kept and reported later")]
    private partial void LogFailed(string? exceptionType);
}
