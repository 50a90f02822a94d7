namespace Otp.Delivery;

public sealed class BreakerTests
{
    private static readonly DeliveryOptions Defaults = new();

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_and_the_next_one_asked_at_once()
    {
        var first = ScriptedProvider.Refusing("first", DeliveryFailure.Unavailable);
        await using var delivery = Delivery(first, ScriptedProvider.Accepting("second"));
        await OpenAsync(delivery);

        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);

        Assert.Equal(Defaults.Breaker.MinimumThroughput, first.Calls);
        Assert.Contains(delivery.Log.Lines, line => line.StartsWith("Warning 2005 first", StringComparison.Ordinal));
        Assert.Contains(delivery.Log.Lines, line => line.StartsWith("Warning 2002 first did not take a message: CircuitOpen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_breaker_that_opened_closes_by_itself_once_the_provider_works()
    {
        var works = false;
        var first = new ScriptedProvider("first", (_, _) => Task.FromResult(
            works ? DeliveryResult.Accepted : DeliveryResult.Refused(DeliveryFailure.Unavailable)));
        await using var delivery = Delivery(first, ScriptedProvider.Accepting("second"));
        await OpenAsync(delivery);
        works = true;

        delivery.Time.Advance(Defaults.Breaker.BreakDuration - TimeSpan.FromTicks(1));
        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);
        delivery.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("first", (await delivery.DeliverAsync(delivery.Mail())).Provider);
        Assert.Equal("first", (await delivery.DeliverAsync(delivery.Mail())).Provider);
        Assert.Contains(delivery.Log.Lines, line => line.StartsWith("Information 2006 first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_that_still_fails_is_left_alone_again()
    {
        var first = ScriptedProvider.Refusing("first", DeliveryFailure.Unavailable);
        await using var delivery = Delivery(first, ScriptedProvider.Accepting("second"));
        await OpenAsync(delivery);
        delivery.Time.Advance(Defaults.Breaker.BreakDuration);

        await delivery.DeliverAsync(delivery.Mail());
        await delivery.DeliverAsync(delivery.Mail());

        Assert.Equal(Defaults.Breaker.MinimumThroughput + 1, first.Calls);
    }

    [Theory]
    [InlineData(DeliveryFailure.RecipientRefused)]
    [InlineData(DeliveryFailure.RecipientUnsubscribed)]
    [InlineData(DeliveryFailure.RecipientUnreachable)]
    [InlineData(DeliveryFailure.Rejected)]
    internal async Task Refusals_of_one_message_open_nothing(DeliveryFailure failure)
    {
        var first = ScriptedProvider.Refusing("first", failure);
        await using var delivery = Delivery(first);
        for (var i = 0; i < 20; i++)
        {
            await delivery.DeliverAsync(delivery.Mail());
        }

        Assert.Equal(20, first.Calls);
    }

    [Fact]
    public async Task A_provider_that_hangs_is_left_alone_too()
    {
        var first = ScriptedProvider.Hanging("first");
        await using var delivery = Delivery(first, ScriptedProvider.Accepting("second"));
        for (var i = 0; i < Defaults.Breaker.MinimumThroughput; i++)
        {
            var delivering = delivery.DeliverAsync(delivery.Mail());
            delivery.Time.Advance(Defaults.ProviderTimeout);
            await delivering;
        }

        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);
        Assert.Equal(Defaults.Breaker.MinimumThroughput, first.Calls);
    }

    [Fact]
    public async Task A_provider_that_takes_messages_and_does_not_say_so_in_time_goes_on_getting_them()
    {
        var slow = ScriptedProvider.HandingOver("slow", new TaskCompletionSource<DeliveryResult>().Task);
        await using var delivery = Delivery(slow, ScriptedProvider.Accepting("second"));
        for (var i = 0; i < 20; i++)
        {
            var delivering = delivery.DeliverAsync(delivery.Mail());
            delivery.Time.Advance(Defaults.ProviderTimeout);
            Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unknown, "slow"), await delivering);
        }

        Assert.Equal(20, slow.Calls);
    }

    [Fact]
    public async Task One_providers_breaker_is_not_anothers()
    {
        var (first, second) = (ScriptedProvider.Refusing("first", DeliveryFailure.Fault), ScriptedProvider.Accepting("second"));
        await using var delivery = Delivery(first, second);
        await OpenAsync(delivery);

        Assert.Equal(Defaults.Breaker.MinimumThroughput, second.Calls);
        await delivery.DeliverAsync(delivery.Mail(), "second");
        Assert.Equal(Defaults.Breaker.MinimumThroughput + 1, second.Calls);
    }

    private static async Task OpenAsync(DeliveryFixture delivery)
    {
        for (var i = 0; i < Defaults.Breaker.MinimumThroughput; i++)
        {
            await delivery.DeliverAsync(delivery.Mail());
        }
    }

    private static DeliveryFixture Delivery(params IDeliveryProvider[] providers) =>
        new(options => options.Email = [.. providers.Select(provider => provider.Name)], providers);
}
