using Microsoft.Extensions.Logging;

namespace Otp.Delivery;

internal sealed partial class GuardedProvider
{
    [LoggerMessage(2003, LogLevel.Error, "{Provider} failed with {ExceptionType}")]
    private partial void LogFault(string provider, Type exceptionType);

    [LoggerMessage(2005, LogLevel.Warning, "{Provider} failed too often: it is not asked for {Duration}, then tried again")]
    private partial void LogOpened(string provider, TimeSpan duration);

    [LoggerMessage(2006, LogLevel.Information, "{Provider} takes messages again")]
    private partial void LogClosed(string provider);

    [LoggerMessage(2009, LogLevel.Information, "{Provider} answered {Elapsed} ms after it was asked, when the message already counted as sent: {Result}")]
    private partial void LogLate(string provider, long elapsed, DeliveryResult result);
}
