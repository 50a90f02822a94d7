using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal abstract partial class GrainTimer
{
    [LoggerMessage(EventId = 31, Level = LogLevel.Warning, Message = "A timer tick of a grain of {Type} failed; the timer goes on.")]
    private static partial void LogTickFailed(ILogger logger, Exception exception, Type type);
}
