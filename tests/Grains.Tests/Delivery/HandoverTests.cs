namespace Otp.Delivery;

/// <summary>A message that was handed over may arrive, whatever the provider's service says, or does not say, afterwards.</summary>
public sealed class HandoverTests
{
    private static readonly TimeSpan ProviderTimeout = new DeliveryOptions().ProviderTimeout;
    private static readonly TimeSpan LateAnswerTimeout = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_message_leaves_or_is_called_off_but_never_both()
    {
        var left = new Handover();
        left.Begin();
        Assert.False(left.TryCallOff());

        var calledOff = new Handover();
        Assert.True(calledOff.TryCallOff());
        Assert.Throws<OperationCanceledException>(calledOff.Begin);
        Assert.False(calledOff.HasBegun);
    }

    [Fact]
    public void A_message_that_was_refused_after_all_can_be_handed_over_again_or_called_off()
    {
        var handover = new Handover();
        handover.Begin();
        handover.Undo();
        Assert.False(handover.HasBegun);

        handover.Begin();
        Assert.True(handover.HasBegun);
        handover.Undo();
        Assert.True(handover.TryCallOff());
    }

    [Fact]
    public async Task A_mail_whose_answer_is_late_counts_as_sent_and_arrives()
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.EndOfData, FaultAction = SinkAction.Delay };
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = After(sink, second);

        var delivering = delivery.DeliverAsync(delivery.Mail());
        await sink.Reached(SmtpStage.EndOfData);
        delivery.Time.Advance(ProviderTimeout);
        Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unknown, "smtp"), await delivering);

        await sink.ReleaseAsync();
        Assert.Contains("271828", (await sink.ReceiveAsync()).Text, StringComparison.Ordinal);
        await sink.AllClosed();
        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task A_server_that_never_answers_keeps_its_connection_for_a_while_and_no_longer()
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.EndOfData, FaultAction = SinkAction.Hang };
        await using var delivery = After(sink, ScriptedProvider.Accepting("second"));
        var delivering = delivery.DeliverAsync(delivery.Mail());
        await sink.Reached(SmtpStage.EndOfData);
        delivery.Time.Advance(ProviderTimeout);
        await delivering;

        await delivery.Time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        delivery.Time.Advance(LateAnswerTimeout);

        await sink.AllClosed();
    }

    [Theory]
    [InlineData(SinkAction.Reset)]
    [InlineData(SinkAction.Close)]
    [InlineData(SinkAction.Garbage)]
    public async Task A_mail_server_that_breaks_off_after_the_message_may_have_taken_it(SinkAction action)
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.EndOfData, FaultAction = action };
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = After(sink, second);

        Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unknown, "smtp"), await delivery.DeliverAsync(delivery.Mail()));
        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task A_refusal_of_the_whole_message_is_a_refusal()
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.EndOfData, FaultReply = "550 5.7.1 spam" };
        await using var delivery = After(sink, ScriptedProvider.Accepting("second"));

        Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Taken, "second"), await delivery.DeliverAsync(delivery.Mail()));
    }

    [Fact]
    public async Task A_provider_that_breaks_after_the_hand_over_may_have_delivered()
    {
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = new DeliveryFixture(
            options => options.Email = ["broken", "second"],
            ScriptedProvider.HandingOver("broken", Task.FromException<DeliveryResult>(new InvalidOperationException())),
            second);

        Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unknown, "broken"), await delivery.DeliverAsync(delivery.Mail()));
        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task A_message_whose_time_is_over_does_not_leave_any_more()
    {
        var time = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new ScriptedProvider("slow", async (_, handover, _) =>
        {
            await time.Task;
            end.SetResult(Record.Exception(handover.Begin) is OperationCanceledException);
            return DeliveryResult.Accepted;
        });
        await using var delivery = new DeliveryFixture(options => options.Email = ["slow", "second"], slow, ScriptedProvider.Accepting("second"));

        var delivering = delivery.DeliverAsync(delivery.Mail());
        await slow.Called;
        delivery.Time.Advance(ProviderTimeout);
        Assert.Equal("second", (await delivering).Provider);
        time.SetResult();

        Assert.True(await end.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    private static DeliveryFixture After(SmtpSink sink, ScriptedProvider second) => new(
        options =>
        {
            options.Email = ["smtp", second.Name];
            SmtpDelivery.Configure(options, sink.Port);
        },
        second);
}
