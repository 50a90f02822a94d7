using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Otp.Programs;

namespace Otp.Events;

/// <summary>
/// Wakes the outboxes of all programs that have an endpoint, when the silo has started and every ten seconds: an outbox that was lost with its
/// silo goes on, and one that lives elsewhere now knows that it does.
/// </summary>
public sealed partial class EventWaker(
    IGrainFactory grains, ProgramCatalog programs, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EventWaker> logger) : BackgroundService
{
    /// <summary>The time between two rounds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            while (true)
            {
                await WakeAsync(stoppingToken);
                await Task.Delay(Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task WakeAsync(CancellationToken stop)
    {
        try
        {
            var outboxes = programs.Current.WithEvents.SelectMany(static program => EventShards.Of(program.Id));
            await Task.WhenAll(outboxes.Select(key => grains.GetGrain<IEventOutboxGrain>(key).Wake())).WaitAsync(Interval, time, stop);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            LogFailed(exception.GetType().FullName);
        }
    }

    [LoggerMessage(2045, LogLevel.Information, "An outbox of events could not be woken ({ExceptionType}); it is tried again")]
    private partial void LogFailed(string? exceptionType);
}
