using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class ResponseTimeouts
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "A call of {Interface}.{Method} got no answer within {Timeout}.")]
    private static partial void LogTimedOut(ILogger logger, string @interface, string method, TimeSpan timeout);
}
