namespace Otp.Gateway.Limits;

/// <summary>
/// Measures how long work waits for a thread of this process, and adapts the limit to it: the callback of a timer waits in the same queue as
/// the work of requests, so it comes as late as they do.
/// </summary>
internal sealed class QueueDelayMonitor(AdaptiveLimit limit) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    // The machine's own time, whatever clock the service is given.
    private static readonly TimeProvider Time = TimeProvider.System;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var start = Time.GetTimestamp();
            await Task.Delay(Interval, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            limit.Adapt(Time.GetElapsedTime(start) - Interval);
        }
    }
}
