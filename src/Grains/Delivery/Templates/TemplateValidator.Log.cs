using Microsoft.Extensions.Logging;

namespace Otp.Delivery;

internal sealed partial class TemplateValidator
{
    [LoggerMessage(2010, LogLevel.Warning, "{Path} takes {Segments} SMS segments: each is paid for, and some phones show them apart")]
    private partial void LogSegments(string path, int segments);
}
