using Microsoft.Extensions.Logging;

namespace Orleans.Redis;

internal sealed partial class RedisNode
{
    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Connected to Redis at {Endpoint}.")]
    private static partial void LogConnected(ILogger logger, string endpoint);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "No connection to Redis at {Endpoint}; attempts go on: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string endpoint, string reason);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Lost the connection to Redis at {Endpoint}: {Reason}")]
    private static partial void LogLost(ILogger logger, string endpoint, string reason);
}
