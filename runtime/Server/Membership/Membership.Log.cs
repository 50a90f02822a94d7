using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class Membership
{
    [LoggerMessage(EventId = 71, Level = LogLevel.Information, Message = "Silo {Name} joined as {Silo}; the view is version {Version}.")]
    private static partial void LogJoined(ILogger logger, string name, SiloAddress silo, long version);

    [LoggerMessage(EventId = 72, Level = LogLevel.Error, Message = "Silo {Name} lost the lease of {Silo}: it drops its grains and joins again.")]
    private static partial void LogLeaseLost(ILogger logger, string name, SiloAddress silo);

    [LoggerMessage(EventId = 73, Level = LogLevel.Warning, Message = "The membership table does not answer: {Reason}")]
    private static partial void LogTableAway(ILogger logger, string reason);

    [LoggerMessage(EventId = 74, Level = LogLevel.Information, Message = "The membership table answers again.")]
    private static partial void LogTableBack(ILogger logger);

    [LoggerMessage(EventId = 75, Level = LogLevel.Warning, Message = "The silo could not tell the membership table that it left; its lease will end.")]
    private static partial void LogLeaveFailed(ILogger logger, Exception exception);
}
