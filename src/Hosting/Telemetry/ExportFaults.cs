using System.Diagnostics.Tracing;

namespace Otp.Hosting.Telemetry;

/// <summary>Logs that the export fails, once a minute at most. The SDK's texts are left out: they may hold the receiver's credentials.</summary>
internal sealed partial class ExportFaults(TimeProvider time, ILogger<ExportFaults> logger) : EventListener, IHostedService
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    // The base class listens before this class is made.
    private readonly TimeProvider? _time = time;
    private long _loggedAt;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("OpenTelemetry-Exporter-", StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var (now, loggedAt) = (_time?.GetUtcNow().UtcTicks ?? 0, Volatile.Read(ref _loggedAt));
        if (now - loggedAt >= LogInterval.Ticks && Interlocked.CompareExchange(ref _loggedAt, now, loggedAt) == loggedAt)
        {
            LogFailing(eventData.EventName);
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "Telemetry cannot be exported ({Event})")]
    private partial void LogFailing(string? @event);
}
