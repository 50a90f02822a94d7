using Microsoft.Extensions.Logging;

namespace Orleans.Hosting;

internal sealed partial class Silo
{
    [LoggerMessage(EventId = 41, Level = LogLevel.Information, Message = "Silo {Name} of cluster {Cluster} started.")]
    private static partial void LogStarted(ILogger logger, string name, string cluster);

    [LoggerMessage(EventId = 42, Level = LogLevel.Information, Message = "Silo {Name} stopped.")]
    private static partial void LogStopped(ILogger logger, string name);
}
