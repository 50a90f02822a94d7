using Otp.Health;
using Otp.Hosting.Redis;

namespace Otp.Gateway.Limits;

/// <summary>
/// Measures how long work waits for a thread, and adapts the limit to it. In this process, the callback of a timer waits in the same queue as
/// the work of requests, so it comes as late as they do. In a silo, so does a call that does nothing.
/// </summary>
/// <param name="limit">What is adapted.</param>
/// <param name="grains">The way to the silos.</param>
/// <param name="redis">Null where the only silo is in this process.</param>
internal sealed class QueueDelayMonitor(AdaptiveLimit limit, IGrainFactory grains, RedisConnection? redis = null) : BackgroundService
{
    private const int MeasurementsPerPing = 5;
    private const int MostPings = 16;

    // So many that each silo has some of them.
    private const int PingKeys = 64;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    // The machine's own time, whatever clock the service is given.
    private static readonly TimeProvider Time = TimeProvider.System;

    private long _waitOfSilo;
    private int _answers;
    private int _pings;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var measurement = 0; !stoppingToken.IsCancellationRequested; measurement++)
        {
            // A silo that is lost answers none: then there is nothing to learn, and soon nobody to ask.
            if (redis is not null && measurement % MeasurementsPerPing == 0 && Volatile.Read(ref _pings) < MostPings)
            {
                _ = PingAsync(measurement / MeasurementsPerPing);
            }

            var start = Time.GetTimestamp();
            await Task.Delay(Interval, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var own = Time.GetElapsedTime(start) - Interval;
            var silo = TimeSpan.FromTicks(Volatile.Read(ref _waitOfSilo));
            // One answer cuts the limit once. Until the next one it says that there is no room for more.
            var isNew = Interlocked.Exchange(ref _answers, 0) > 0;
            limit.Adapt(isNew && silo > own ? silo : own, mayGrow: silo <= AdaptiveLimit.LongestWait);
        }
    }

    private async Task PingAsync(int number)
    {
        Interlocked.Increment(ref _pings);
        var start = Time.GetTimestamp();
        var ping = grains.GetGrain<IHealthGrain>($"ping-{number % PingKeys}").Ping();
        await ping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ping.IsCompletedSuccessfully)
        {
            Volatile.Write(ref _waitOfSilo, Time.GetElapsedTime(start).Ticks);
            Interlocked.Increment(ref _answers);
        }

        Interlocked.Decrement(ref _pings);
    }
}
