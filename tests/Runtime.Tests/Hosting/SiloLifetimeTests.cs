using System.Collections.Concurrent;
using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Hosting;

/// <summary>What a silo that stops owes its grains and its callers.</summary>
public sealed class SiloLifetimeTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task A_graceful_stop_deactivates_every_grain()
    {
        var reasons = new ConcurrentDictionary<string, DeactivationReasonCode>();
        _script.On("touch", _ => { });
        _script.Deactivating = async (grain, reason) =>
        {
            await Task.Yield();
            reasons[grain.Key] = reason.ReasonCode;
        };
        await using var silo = await TestSilo.StartAsync(_script);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => silo.Grain("grain-" + i).Do("touch")));

        await silo.Cluster.StopSiloAsync(silo.Cluster.Silos[0]).InTime();

        Assert.Equal(100, reasons.Count);
        Assert.All(reasons.Values, code => Assert.Equal(DeactivationReasonCode.ShuttingDown, code));
    }

    [Fact]
    public async Task A_graceful_stop_lets_a_running_call_end()
    {
        var gate = new Gate();
        _script.OnAsk("hold", async _ =>
        {
            await gate.PassAsync();
            return "done";
        });
        await using var silo = await TestSilo.StartAsync(_script);

        var call = silo.Grain("one").Ask("hold");
        await gate.Entered;
        var stopping = silo.Cluster.StopSiloAsync(silo.Cluster.Silos[0]);
        gate.Open();

        Assert.Equal("done", await call.InTime());
        await stopping.InTime();
    }

    [Fact]
    public async Task A_killed_silo_deactivates_nothing()
    {
        var deactivations = 0;
        _script.On("touch", _ => { });
        _script.Deactivating = (_, _) => Task.FromResult(Interlocked.Increment(ref deactivations));
        await using var silo = await TestSilo.StartAsync(_script);
        await silo.Grain("one").Do("touch");

        await silo.Cluster.KillSiloAsync(silo.Cluster.Silos[0]).InTime();

        Assert.Equal(0, deactivations);
    }

    [Fact]
    public async Task A_call_after_the_stop_fails_and_does_not_hang()
    {
        _script.On("touch", _ => { });
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");
        await one.Do("touch");

        await silo.Cluster.StopSiloAsync(silo.Cluster.Silos[0]).InTime();

        var exception = await Record.ExceptionAsync(() => one.Do("touch").InTime());
        Assert.NotNull(exception);
        Assert.IsNotType<TimeoutException>(exception);
    }
}
