using Microsoft.Extensions.Logging;

namespace Otp.Events;

public sealed partial class EventOutboxGrain
{
    [LoggerMessage(2040, LogLevel.Warning, "The endpoint of program {Program} does not take events: {Failure}. One is tried every {Delay}, until it does")]
    private static partial void LogAway(ILogger logger, string program, string failure, TimeSpan delay);

    [LoggerMessage(2041, LogLevel.Information, "The endpoint of program {Program} takes events again")]
    private static partial void LogBack(ILogger logger, string program);

    [LoggerMessage(2042, LogLevel.Error, "Events of program {Program} are parked: {Type}, {Failure}")]
    private static partial void LogParked(ILogger logger, string program, string type, string failure);

    [LoggerMessage(2043, LogLevel.Error, "{Count} parked events of program {Program} are lost: too many are parked")]
    private static partial void LogLost(ILogger logger, int count, string program);

    [LoggerMessage(2046, LogLevel.Debug, "The endpoint of program {Program} did not take an event, {Type}: {Failure}. It is tried again in {Delay}")]
    private static partial void LogRefused(ILogger logger, string program, string type, string failure, TimeSpan delay);

    [LoggerMessage(2044, LogLevel.Warning, "Events of program {Program} could not be fetched or settled ({ExceptionType}); it is tried again")]
    private static partial void LogFailed(ILogger logger, string program, string? exceptionType);
}
