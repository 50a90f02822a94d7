using Otp.Delivery;
using Otp.Grains.Tests.Harness;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>While a message is under way, its target serves other calls.</summary>
public sealed class SlowDeliveryTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");

    private readonly TaskCompletionSource<DeliveryResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _given = new(0);

    private TestService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _answer.TrySetResult(DeliveryResult.Accepted);
        await _service.DisposeAsync();
        _given.Dispose();
    }

    [Fact]
    public async Task Slow_messages_keep_no_other_call_waiting()
    {
        var sending = new[] { await BeginAsync(), await BeginAsync() };
        var code = _service.LatestCode;
        _service.Delivery.Answer = null;

        var verified = await _service.VerifyAsync(Jane, code);
        var report = await _service.InspectAsync(Jane);
        var third = await _service.SendAsync(Jane);

        Assert.Equal(VerifyStatus.Verified, verified.Status);
        Assert.Equal(2, report.Windows[0].Sent);
        Assert.Equal((SendStatus.Sent, 2), (third.Status, third.Limit!.Remaining));
        Assert.All(sending, send => Assert.False(send.IsCompleted));
        _answer.SetResult(DeliveryResult.Accepted);
        Assert.All(await Task.WhenAll(sending), sent => Assert.Equal(SendStatus.Sent, sent.Status));
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Fact]
    public async Task Slow_messages_fill_their_windows_before_they_are_answered()
    {
        var sending = new List<Task<SendOutcome>>();
        for (var i = 0; i < 5; i++)
        {
            sending.Add(await BeginAsync());
        }

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);

        _answer.SetResult(DeliveryResult.Refused(DeliveryFailure.Rejected));
        Assert.All(await Task.WhenAll(sending), sent => Assert.Equal(SendStatus.DeliveryFailed, sent.Status));
        var report = await _service.InspectAsync(Jane);
        Assert.Equal((0, 0), (report.Windows[0].Sent, report.Codes.Length));
    }

    [Fact]
    public async Task Attempt_that_comes_while_the_message_is_under_way_gets_its_answer_and_sends_none()
    {
        foreach (var (result, status) in new[]
        {
            (DeliveryResult.Accepted, SendStatus.Sent), (DeliveryResult.Refused(DeliveryFailure.Rejected), SendStatus.DeliveryFailed),
        })
        {
            var answer = new TaskCompletionSource<DeliveryResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            var operation = Operation.New();
            var calls = _service.Delivery.Calls;
            var first = await BeginAsync(operation, answer.Task);
            var second = _service.SendAsync(Jane, operation);
            await _service.InspectAsync(Jane);
            Assert.False(second.IsCompleted);

            answer.SetResult(result);

            Assert.Equal((status, status), ((await first).Status, (await second).Status));
            Assert.Equal(1, _service.Delivery.Calls - calls);
        }
    }

    [Fact]
    public async Task Failure_of_a_slow_message_leaves_the_code_of_a_later_one()
    {
        var slow = await BeginAsync();
        _service.Delivery.Answer = null;
        await _service.SendAsync(Jane);
        var code = _service.LatestCode;

        _answer.SetResult(DeliveryResult.Refused(DeliveryFailure.Unavailable));

        Assert.Equal(SendStatus.DeliveryFailed, (await slow).Status);
        Assert.Equal(1, (await _service.InspectAsync(Jane)).Windows[0].Sent);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, code)).Status);
    }

    [Theory]
    [InlineData(DeliveryFailure.Unavailable)]
    [InlineData(DeliveryFailure.RecipientUnreachable)]
    internal async Task Erased_target_stays_erased_when_a_message_under_way_fails(DeliveryFailure failure)
    {
        await _service.SendAsync(Jane);
        var earlier = _service.LatestCode;
        var slow = await BeginAsync();

        await _service.EraseAsync(Jane);
        _answer.SetResult(DeliveryResult.Refused(failure));

        Assert.NotEqual(SendStatus.Sent, (await slow).Status);
        Assert.Equal(VerifyStatus.NoCode, (await _service.VerifyAsync(Jane, earlier)).Status);
        Assert.Equal(0, _service.Storage.Count);
    }

    [Fact]
    public async Task Storage_that_fails_meanwhile_undoes_nothing()
    {
        var slow = await BeginAsync();
        var code = _service.LatestCode;
        _service.Storage.FailNextWrite(StorageFault.Lost);
        await Assert.ThrowsAnyAsync<OrleansException>(() => _service.VerifyAsync(Jane, TestService.Wrong(code)));

        _answer.SetResult(DeliveryResult.Accepted);

        Assert.Equal(SendStatus.Sent, (await slow).Status);
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, code)).Status);
    }

    /// <summary>Begins a send whose message waits for its answer.</summary>
    private async Task<Task<SendOutcome>> BeginAsync(Operation? operation = null, Task<DeliveryResult>? answer = null)
    {
        (_service.Delivery.Answer, _service.Delivery.BeforeDelivery) = (answer ?? _answer.Task, () => _given.Release());
        var sending = _service.SendAsync(Jane, operation);
        Assert.True(await _given.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
        return sending;
    }
}
