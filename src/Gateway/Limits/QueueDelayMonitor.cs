using Otp.Health;
using Otp.Hosting.Redis;

namespace Otp.Gateway.Limits;

/// <summary>
/// Measures how long work waits, and adapts the limit to it: in this process for a thread, and in a silo, another one each time, for a thread and
/// for what the storage answers.
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
            // Its fault is nobody's: a silo that is lost has no queue.
            if (redis is not null && measurement % MeasurementsPerPing == 0 && Volatile.Read(ref _pings) < MostPings)
            {
                _ = PingAsync(measurement / MeasurementsPerPing);
            }

            await Task.Delay(Interval, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var start = Time.GetTimestamp();
            await PassQueueAsync();
            var own = Time.GetElapsedTime(start);
            var silo = TimeSpan.FromTicks(Volatile.Read(ref _waitOfSilo));
            // One answer cuts the limit once. Until the next one it says that there is no room for more.
            var isNew = Interlocked.Exchange(ref _answers, 0) > 0;
            limit.Adapt(isNew && silo > own ? silo : own, mayGrow: silo <= AdaptiveLimit.LongestWait);
        }
    }

    // The queue that all threads share. What a thread has queued itself overtakes what waits there, as do timers and sockets.
    private static Task PassQueueAsync() =>
        Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);

    private async Task PingAsync(int number)
    {
        Interlocked.Increment(ref _pings);
        try
        {
            var start = Time.GetTimestamp();
            await grains.GetGrain<IHealthGrain>($"ping-{number % PingKeys}").Check();
            Volatile.Write(ref _waitOfSilo, Time.GetElapsedTime(start).Ticks);
            Interlocked.Increment(ref _answers);
        }
        finally
        {
            Interlocked.Decrement(ref _pings);
        }
    }
}
