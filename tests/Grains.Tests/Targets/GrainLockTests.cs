using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>Each test runs as a grain does: one step at a time.</summary>
public sealed class GrainLockTests
{
    private readonly GrainLock _lock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Calls_come_in_one_at_a_time_in_the_order_in_which_they_came() => AsGrainAsync(async () =>
    {
        var first = await _lock.EnterAsync();
        var second = _lock.EnterAsync().AsTask();
        var third = _lock.EnterAsync().AsTask();
        Assert.False(second.IsCompleted);

        first.Dispose();
        var fourth = _lock.EnterAsync().AsTask();
        var inside = await second;
        Assert.False(third.IsCompleted || fourth.IsCompleted);
        inside.Dispose();
        inside = await third;
        Assert.False(fourth.IsCompleted);
        inside.Dispose();
        (await fourth).Dispose();

        Assert.True(_lock.EnterAsync().AsTask().IsCompleted);
    });

    [Fact]
    public Task Others_come_in_while_the_call_inside_waits_and_it_comes_in_again_after_them() => AsGrainAsync(async () =>
    {
        var waited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = await _lock.EnterAsync();
        var outside = _lock.OutsideAsync(waited.Task);

        var second = await _lock.EnterAsync();
        waited.SetResult(7);
        await Task.Yield();
        Assert.False(outside.IsCompleted);
        second.Dispose();

        Assert.Equal(7, await outside);
        var third = _lock.EnterAsync().AsTask();
        Assert.False(third.IsCompleted);
        first.Dispose();
        await third;
    });

    [Fact]
    public Task Call_whose_wait_fails_is_inside_again() => AsGrainAsync(async () =>
    {
        var first = await _lock.EnterAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => _lock.OutsideAsync(Task.FromException<int>(new TimeoutException())));

        Assert.False(_lock.EnterAsync().AsTask().IsCompleted);
        first.Dispose();
    });

    private static Task AsGrainAsync(Func<Task> steps) =>
        Task.Factory.StartNew(steps, Cancellation, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();
}
