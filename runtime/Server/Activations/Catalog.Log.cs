using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

internal sealed partial class Catalog
{
    [LoggerMessage(EventId = 21, Level = LogLevel.Warning, Message = "The silo stopped before {Count} activations could be deactivated.")]
    private static partial void LogDropped(ILogger logger, int count);
}
