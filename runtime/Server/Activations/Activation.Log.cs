using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class Activation
{
    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "A grain of {Type} could not be activated.")]
    private static partial void LogActivationFailed(ILogger logger, Exception exception, Type type);

    [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "A grain of {Type} failed while it was deactivated; it is gone all the same.")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, Type type);

    [LoggerMessage(EventId = 13, Level = LogLevel.Error, Message = "Code of a grain of {Type} that nothing awaits failed.")]
    private static partial void LogStrayFault(ILogger logger, Exception exception, Type type);

    [LoggerMessage(EventId = 14, Level = LogLevel.Warning, Message = "A turn of a grain of {Type} is cut off: its silo has no lease any more, or has stopped.")]
    private static partial void LogCutOff(ILogger logger, Type type);
}
