using Otp.Targets;

namespace Otp.Delivery;

public sealed class DecoyTests
{
    [Fact]
    public async Task A_decoy_is_delivered_at_once_before_anything_was_sent()
    {
        await using var delivery = Delivery(ScriptedProvider.Accepting("mail"));

        Assert.Equal(DeliveryVerdict.Taken, await delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Email));
    }

    [Fact]
    public async Task A_decoy_takes_as_long_as_a_real_message_took()
    {
        var slow = new TaskCompletionSource<DeliveryResult>();
        await using var delivery = Delivery(new ScriptedProvider("mail", (_, _) => slow.Task));
        var sending = SendAsync(delivery);
        delivery.Time.Advance(TimeSpan.FromSeconds(1.5));
        slow.SetResult(DeliveryResult.Accepted);
        Assert.Equal(DeliveryVerdict.Taken, await sending);

        var decoy = delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Email).AsTask();
        delivery.Time.Advance(TimeSpan.FromSeconds(1.4));
        Assert.False(decoy.IsCompleted);
        delivery.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(DeliveryVerdict.Taken, await decoy.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_decoy_fails_while_every_provider_is_down()
    {
        var works = true;
        await using var delivery = Delivery(new ScriptedProvider("mail", (_, _) => Task.FromResult(
            works ? DeliveryResult.Accepted : DeliveryResult.Refused(DeliveryFailure.Unavailable))));
        for (var i = 0; i < 100; i++)
        {
            await SendAsync(delivery);
        }

        works = false;
        delivery.Time.Advance(TimeSpan.FromMinutes(2));
        await SendAsync(delivery);

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(DeliveryVerdict.Refused, await delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Email));
        }
    }

    [Fact]
    public async Task Decoys_repeat_what_real_messages_of_the_last_minute_met()
    {
        var calls = 0;
        await using var delivery = Delivery(new ScriptedProvider("mail", (_, _) => Task.FromResult(
            calls++ % 2 == 0 ? DeliveryResult.Accepted : DeliveryResult.Refused(DeliveryFailure.Rejected))));
        for (var i = 0; i < 64; i++)
        {
            await SendAsync(delivery);
        }

        var delivered = 0;
        for (var i = 0; i < 1000; i++)
        {
            delivered += await delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Email) == DeliveryVerdict.Taken ? 1 : 0;
        }

        // Half of them, give or take nine standard deviations.
        Assert.InRange(delivered, 358, 642);
    }

    [Fact]
    public async Task A_decoy_is_as_unreachable_as_real_recipients_were()
    {
        await using var delivery = Delivery(ScriptedProvider.Refusing("mail", DeliveryFailure.RecipientUnreachable));
        await SendAsync(delivery);

        Assert.Equal(DeliveryVerdict.Unreachable, await delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Email));
    }

    [Fact]
    public async Task One_channels_outcomes_are_not_anothers()
    {
        await using var delivery = Delivery(ScriptedProvider.Refusing("mail", DeliveryFailure.Rejected));
        await SendAsync(delivery);

        Assert.Equal(DeliveryVerdict.Refused, await delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Email));
        Assert.Equal(DeliveryVerdict.Taken, await delivery.Codes.PretendAsync(TestProgram.Named("Demo"), Targets.Channel.Phone));
    }

    private static async Task<DeliveryVerdict> SendAsync(DeliveryFixture delivery) => (await delivery.Codes.DeliverAsync(
        TestProgram.Named("Demo"),
        new SendRequest(new Target(Targets.Channel.Email, "jane.doe@example.com"), Purpose.None, default),
        "271828",
        delivery.Time.GetUtcNow() + TimeSpan.FromMinutes(5))).Verdict;

    private static DeliveryFixture Delivery(ScriptedProvider provider) => new(options => options.Email = [provider.Name], provider);
}
