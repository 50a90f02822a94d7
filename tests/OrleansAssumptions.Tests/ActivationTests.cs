using System.Collections.Concurrent;
using Otp.OrleansAssumptions.Scripted;

namespace Otp.OrleansAssumptions;

/// <summary>What the grains rely on of their activations: one call at a time, and memory that goes when nobody needs it.</summary>
public sealed class ActivationTests : IDisposable
{
    private readonly Script _script = new();
    private readonly ManualTimeProvider _time = new();
    private readonly Ticks _ticks = new();
    private readonly TaskCompletionSource<DeactivationReasonCode> _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _counter;

    public void Dispose() => _ticks.Dispose();

    [Fact]
    public async Task Calls_of_one_grain_are_served_one_after_the_other_also_while_one_awaits()
    {
        var gate = new Gate();
        var journal = new ConcurrentQueue<string>();
        _script.On("wait", async _ =>
        {
            await gate.PassAsync();
            journal.Enqueue("waited");
        });
        _script.On("call", _ => journal.Enqueue("called"));
        await using var silo = await StartAsync();

        var first = silo.DoAsync("wait");
        await gate.Entered;
        var second = silo.DoAsync("call");
        await silo.DoAsync("count", grain: "other");
        gate.Open();
        await Task.WhenAll(first, second);

        Assert.Equal(["waited", "called"], journal);
    }

    [Fact]
    public async Task A_grain_that_deactivates_itself_finishes_its_call_and_the_next_one_meets_a_new_activation()
    {
        _script.On("deactivate", grain =>
        {
            grain.DeactivateOnIdle();
            grain.Counter++;
        });
        await using var silo = await StartAsync();
        await silo.DoAsync("count");

        await silo.DoAsync("deactivate");
        Assert.Equal(DeactivationReasonCode.ApplicationRequested, await _deactivated.Task.InTime());

        await silo.DoAsync("count");
        Assert.Equal(1, _counter);
    }

    [Fact]
    public async Task A_timer_does_not_keep_an_idle_activation_in_memory_and_ends_with_it()
    {
        _script.On("start timer", grain => grain.RegisterGrainTimer(
            _ =>
            {
                _ticks.Add();
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan)));
        await using var silo = await StartAsync();
        await silo.DoAsync("start timer");

        await silo.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken).InTime();
        Assert.Equal(DeactivationReasonCode.ActivationIdle, await _deactivated.Task.InTime());

        _time.Advance(TimeSpan.FromHours(2));
        await silo.DoAsync("count");
        Assert.Equal((1, 0), (_counter, _ticks.Count));
    }

    private Task<TestSilo> StartAsync()
    {
        _script.On("count", grain => _counter = ++grain.Counter);
        _script.Deactivating = (_, reason) => Task.FromResult(_deactivated.TrySetResult(reason.ReasonCode));
        return TestSilo.StartAsync(_script, _time);
    }
}
