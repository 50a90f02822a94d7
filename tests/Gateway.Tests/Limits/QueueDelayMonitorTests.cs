using Microsoft.Extensions.Options;
using Otp.Gateway.Limits;
using Otp.Gateway.Tests.Operations;
using Otp.Hosting.Redis;

namespace Otp.Gateway.Tests.Limits;

/// <summary>A gateway that looks at its silos: what it learns there lowers its limit.</summary>
public sealed class QueueDelayMonitorTests
{
    private const int Most = 100_000;

    private readonly CountedHealth _silos = CountedHealth.Create();
    private readonly AdaptiveLimit _limit = new(least: 10, Most);

    [Fact]
    public async Task Silo_that_answers_late_lowers_the_limit_at_least_by_half()
    {
        _silos.Answer = static () => Task.Delay(AdaptiveLimit.LongestWait * 3, TimeProvider.System, TestContext.Current.CancellationToken);
        GrowToMost();

        await RunUntilAsync(() => _limit.Current <= Most / 8);
    }

    [Fact]
    public async Task Silo_that_is_lost_is_no_slow_one_and_is_asked_again()
    {
        _silos.Answer = static () => throw new SiloUnavailableException();

        await RunUntilAsync(() => _silos.Calls > 20);
    }

    private void GrowToMost()
    {
        while (_limit.Current < Most)
        {
            while (_limit.Acquire().IsAcquired)
            {
            }

            _limit.Adapt(TimeSpan.Zero);
        }
    }

    private async Task RunUntilAsync(Func<bool> condition)
    {
        await using var redis = new RedisConnection(Options.Create(new RedisOptions { ConnectionString = "127.0.0.1:1" }));
        using var monitor = new QueueDelayMonitor(_limit, _silos.Factory, redis);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        await monitor.StartAsync(timeout.Token);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, timeout.Token);
        }

        await monitor.StopAsync(CancellationToken.None);
    }
}
