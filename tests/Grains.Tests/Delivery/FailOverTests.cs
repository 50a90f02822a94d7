namespace Otp.Delivery;

public sealed class FailOverTests
{
    [Fact]
    public async Task The_first_provider_that_takes_it_is_the_last_one_asked()
    {
        var (first, second) = (ScriptedProvider.Accepting("first"), ScriptedProvider.Accepting("second"));
        await using var delivery = Delivery(first, second);

        Assert.Equal("first", (await delivery.DeliverAsync(delivery.Mail())).Provider);
        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task A_refusal_moves_on_to_the_next()
    {
        await using var delivery = Delivery(ScriptedProvider.Refusing("first", DeliveryFailure.Rejected), ScriptedProvider.Accepting("second"));

        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);
    }

    [Fact]
    public async Task A_provider_that_breaks_moves_on_to_the_next()
    {
        var broken = new ScriptedProvider("broken", (message, _) => throw new InvalidOperationException(message.Target.Value));
        await using var delivery = Delivery(broken, ScriptedProvider.Accepting("second"));

        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);
    }

    [Fact]
    public async Task When_every_provider_refuses_delivery_has_failed()
    {
        await using var delivery = Delivery(
            ScriptedProvider.Refusing("first", DeliveryFailure.Rejected),
            ScriptedProvider.Refusing("second", DeliveryFailure.Unavailable));

        Assert.Equal(DeliveryOutcome.Failed, await delivery.DeliverAsync(delivery.Mail()));
    }

    [Fact]
    public async Task Without_a_provider_for_the_channel_delivery_has_failed()
    {
        await using var delivery = Delivery(ScriptedProvider.Accepting("mail"));

        Assert.False((await delivery.DeliverAsync(delivery.Sms())).IsDelivered);
    }

    [Fact]
    public async Task A_program_with_a_list_of_its_own_uses_that_one_alone()
    {
        var (service, own) = (ScriptedProvider.Accepting("service"), ScriptedProvider.Accepting("own"));
        await using var delivery = new DeliveryFixture(options => options.Email = ["service"], service, own);

        Assert.Equal("own", (await delivery.DeliverAsync(delivery.Mail(), "own")).Provider);
        Assert.False((await delivery.DeliverAsync(delivery.Mail(), "absent")).IsDelivered);
        Assert.Equal(0, service.Calls);
    }

    [Fact]
    public async Task A_provider_that_hangs_is_left_after_its_time_and_not_before()
    {
        var hanging = ScriptedProvider.Hanging("hanging");
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = Delivery(hanging, second);

        var delivering = delivery.DeliverAsync(delivery.Mail());
        await hanging.Called;
        delivery.Time.Advance(TimeSpan.FromSeconds(4) - TimeSpan.FromTicks(1));
        Assert.Equal(0, second.Calls);
        delivery.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("second", (await delivering).Provider);
    }

    [Fact]
    public async Task All_providers_together_get_the_total_time_and_no_more()
    {
        var providers = Enumerable.Range(1, 3).Select(n => ScriptedProvider.Hanging($"hanging-{n}")).ToArray();
        await using var delivery = new DeliveryFixture(
            options =>
            {
                options.Email = [.. providers.Select(provider => provider.Name)];
                options.TotalTimeout = TimeSpan.FromSeconds(6);
            },
            [.. providers]);

        var delivering = delivery.DeliverAsync(delivery.Mail());
        await providers[0].Called;
        delivery.Time.Advance(TimeSpan.FromSeconds(4));
        await providers[1].Called;
        delivery.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.False((await delivering).IsDelivered);
        Assert.Equal(0, providers[2].Calls);
    }

    [Fact]
    public async Task A_caller_that_gives_up_stops_the_whole_delivery()
    {
        var hanging = ScriptedProvider.Hanging("hanging");
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = Delivery(hanging, second);
        using var cancellation = new CancellationTokenSource();

        var delivering = delivery.DeliverAsync(delivery.Mail(), cancellation.Token);
        await hanging.Called;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivering);
        Assert.Equal(0, second.Calls);
    }

    [Theory]
    [InlineData(SmtpStage.Greeting)]
    [InlineData(SmtpStage.RcptTo)]
    [InlineData(SmtpStage.Data)]
    public async Task A_mail_server_that_hangs_is_left_for_the_next_one_and_its_connection_closed(SmtpStage stage)
    {
        await using var sink = new SmtpSink { FaultStage = stage, FaultAction = SinkAction.Hang };
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = AfterSmtp(sink, second);

        var delivering = delivery.DeliverAsync(delivery.Mail());
        await sink.Reached(stage);
        delivery.Time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("second", (await delivering).Provider);
        await sink.AllClosed();
    }

    [Theory]
    [InlineData(SinkAction.Reset)]
    [InlineData(SinkAction.Garbage)]
    public async Task A_mail_server_that_breaks_off_is_left_at_once(SinkAction action)
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.Data, FaultAction = action };
        await using var delivery = AfterSmtp(sink, ScriptedProvider.Accepting("second"));

        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);
    }

    [Theory]
    [InlineData(DeliveryFailure.RecipientUnreachable)]
    [InlineData(DeliveryFailure.RecipientUnsubscribed)]
    internal async Task For_a_recipient_whom_nobody_reaches_no_other_provider_is_asked(DeliveryFailure failure)
    {
        var second = ScriptedProvider.Accepting("second");
        await using var delivery = Delivery(ScriptedProvider.Refusing("first", failure), second);

        Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unreachable, "first"), await delivery.DeliverAsync(delivery.Mail()));
        Assert.Equal(0, second.Calls);
    }

    private static DeliveryFixture Delivery(params IDeliveryProvider[] providers) =>
        new(options => options.Email = [.. providers.Select(provider => provider.Name)], providers);

    private static DeliveryFixture AfterSmtp(SmtpSink sink, ScriptedProvider second) => new(
        options =>
        {
            options.Email = ["smtp", second.Name];
            SmtpDelivery.Configure(options, sink.Port);
        },
        second);
}
