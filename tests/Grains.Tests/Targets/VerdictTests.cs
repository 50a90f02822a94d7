using Otp.Delivery;
using Otp.Grains.Tests.Harness;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>What a provider says of a message, and what it means for the send.</summary>
public sealed class VerdictTests : IAsyncLifetime
{
    private static readonly Target Jane = new(Channel.Email, "jane.doe@example.com");

    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Message_that_may_arrive_is_told_as_sent_and_its_code_lives()
    {
        _service.Delivery.Result = DeliveryResult.Unanswered;
        var operation = Operation.New();

        var sent = await _service.SendAsync(Jane, operation);

        Assert.Equal((SendStatus.Sent, 4), (sent.Status, sent.Limit!.Remaining));
        Assert.Equal(SendStatus.Sent, (await _service.SendAsync(Jane, operation)).Status);
        Assert.Equal((1, 1), (_service.Delivery.Calls, (await _service.InspectAsync(Jane)).Windows[0].Sent));
        Assert.Equal(VerifyStatus.Verified, (await _service.VerifyAsync(Jane, _service.LatestCode)).Status);
    }

    [Theory]
    [InlineData(DeliveryFailure.RecipientUnreachable)]
    [InlineData(DeliveryFailure.RecipientUnsubscribed)]
    internal async Task Send_to_whom_nobody_reaches_counts_and_leaves_no_code(DeliveryFailure failure)
    {
        _service.Delivery.Result = DeliveryResult.Refused(failure);
        var operation = Operation.New();

        var sent = await _service.SendAsync(Jane, operation);

        Assert.Equal((SendStatus.Undeliverable, 4, null), (sent.Status, sent.Limit!.Remaining, sent.Code));
        Assert.Empty((await _service.InspectAsync(Jane)).Codes);
        Assert.Equal(SendStatus.Undeliverable, (await _service.SendAsync(Jane, operation)).Status);
        Assert.Equal(1, _service.Delivery.Calls);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(SendStatus.Undeliverable, (await _service.SendAsync(Jane)).Status);
        }

        Assert.Equal(SendStatus.RateLimited, (await _service.SendAsync(Jane)).Status);
    }

    [Fact]
    public async Task Code_of_a_send_that_nobody_got_is_wrong()
    {
        string? code = null;
        var answer = new TaskCompletionSource<DeliveryResult>();
        _service.Delivery.Answer = answer.Task;
        _service.Delivery.BeforeDelivery = () => code = _service.LatestCode;
        answer.SetResult(DeliveryResult.Refused(DeliveryFailure.RecipientUnreachable));
        await _service.SendAsync(Jane);

        Assert.Equal(VerifyStatus.WrongCode, (await _service.VerifyAsync(Jane, code!)).Status);
    }
}
