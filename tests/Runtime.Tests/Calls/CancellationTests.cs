using Orleans.Otp.Conformance.Scripted;

namespace Orleans.Otp.Conformance.Calls;

/// <summary>A cancelled call ends at once for its caller; the grain learns of it, or never runs it.</summary>
public sealed class CancellationTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task A_running_call_sees_its_token_cancelled()
    {
        var gate = new Gate();
        var seen = new TaskCompletionSource();
        _script.OnUntil("wait", async (_, token) =>
        {
            await using var registration = token.Register(() => seen.TrySetResult());
            await gate.PassAsync();
        });
        await using var silo = await TestSilo.StartAsync(_script);
        using var cancellation = new CancellationTokenSource();

        var call = silo.Grain("one").DoUntil("wait", cancellation.Token);
        await gate.Entered;
        await cancellation.CancelAsync();

        await seen.Task.InTime();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        gate.Open();
    }

    [Fact]
    public async Task The_caller_of_a_cancelled_call_does_not_wait_for_the_grain()
    {
        var gate = new Gate();
        _script.OnUntil("ignore the token", (_, _) => gate.PassAsync());
        await using var silo = await TestSilo.StartAsync(_script);
        using var cancellation = new CancellationTokenSource();

        var call = silo.Grain("one").DoUntil("ignore the token", cancellation.Token);
        await gate.Entered;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        gate.Open();
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_for_its_turn_never_runs()
    {
        var gate = new Gate();
        var ran = false;
        _script.On("hold", _ => gate.PassAsync());
        _script.OnUntil("never", (_, _) => Task.FromResult(ran = true));
        _script.On("after", _ => { });
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");
        using var cancellation = new CancellationTokenSource();

        var holding = one.Do("hold");
        await gate.Entered;
        var queued = one.DoUntil("never", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued.InTime());
        gate.Open();
        await holding.InTime();
        await one.Do("after").InTime();

        Assert.False(ran);
    }

    [Fact]
    public async Task A_call_with_a_token_cancelled_before_never_runs()
    {
        var ran = false;
        _script.OnUntil("never", (_, _) => Task.FromResult(ran = true));
        _script.On("after", _ => { });
        await using var silo = await TestSilo.StartAsync(_script);
        var one = silo.Grain("one");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.DoUntil("never", new(canceled: true)).InTime());
        await one.Do("after").InTime();

        Assert.False(ran);
    }

    [Fact]
    public async Task A_grain_that_honours_its_token_ends_as_cancelled()
    {
        _script.OnUntil("wait", (_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        _script.OnAsk("alive", _ => "yes");
        await using var silo = await TestSilo.StartAsync(_script);
        using var cancellation = new CancellationTokenSource();

        var call = silo.Grain("one").DoUntil("wait", cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.InTime());
        Assert.Equal("yes", await silo.Grain("one").Ask("alive").InTime());
    }
}
