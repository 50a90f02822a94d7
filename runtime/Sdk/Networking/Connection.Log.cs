using System.Net;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal abstract partial class Connection
{
    [LoggerMessage(EventId = 51, Level = LogLevel.Warning, Message = "The connection with {Peer} was closed, for what it sent makes no sense: {Reason}")]
    private static partial void LogMalformed(ILogger logger, string reason, EndPoint? peer);

    [LoggerMessage(EventId = 52, Level = LogLevel.Debug, Message = "A connection broke: {Reason}")]
    private static partial void LogBroken(ILogger logger, string reason);

    [LoggerMessage(EventId = 53, Level = LogLevel.Warning, Message = "A connection was closed, for the other side said nothing for too long.")]
    private static partial void LogSilent(ILogger logger);

    [LoggerMessage(EventId = 58, Level = LogLevel.Error, Message = "A connection was closed, for a frame could not be dealt with.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
