using System.Net;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class SiloListener
{
    [LoggerMessage(EventId = 56, Level = LogLevel.Warning, Message = "A connection from {Peer} was turned away: {Reason}")]
    private static partial void LogTurnedAway(ILogger logger, EndPoint? peer, string reason);

    [LoggerMessage(EventId = 57, Level = LogLevel.Warning, Message = "A connection could not be taken: {Reason}")]
    private static partial void LogNotAccepted(ILogger logger, string reason);
}
