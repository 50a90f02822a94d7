using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Otp.Hosting.Telemetry;

/// <summary>
/// Logs that the export fails, once a minute at the most. The SDK tells its troubles to an event source alone; what they say in words is
/// left there, for it may hold the receiver's address with its credentials.
/// </summary>
internal sealed partial class ExportFaults(TimeProvider time, ILogger<ExportFaults> logger) : EventListener
{
    private const string Exporters = "OpenTelemetry-Exporter-";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly TimeProvider? _time = time;
    private long _quietUntil;
    private int _untold;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith(Exporters, StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class listens before this class is made.
        if (_time is null)
        {
            return;
        }

        var untold = Interlocked.Increment(ref _untold);
        var (now, quietUntil) = (_time.GetUtcNow().UtcTicks, Volatile.Read(ref _quietUntil));
        if (now >= quietUntil && Interlocked.CompareExchange(ref _quietUntil, now + Pause.Ticks, quietUntil) == quietUntil)
        {
            Interlocked.Add(ref _untold, -untold);
            LogFailing(eventData.EventName, untold);
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "Telemetry is not exported as it should be ({Event}); {Count} such events since the last line like this")]
    private partial void LogFailing(string? @event, int count);
}
