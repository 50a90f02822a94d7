namespace Otp.Delivery;

public sealed class DeliveryLogTests
{
    private const string Address = "canary.person@example.com";
    private const string Code = "931847";

    [Fact]
    public async Task No_code_and_no_address_is_logged_even_when_a_server_echoes_them()
    {
        await using var sink = new SmtpSink { FaultStage = SmtpStage.RcptTo, FaultReply = $"550 5.7.1 <{Address}>: {Code} not here" };
        var broken = new ScriptedProvider("broken", (_, _) => throw new InvalidOperationException($"{Address} {Code}"));
        var hanging = new ScriptedProvider("hanging", async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct).ContinueWith(_ => { }, TaskScheduler.Default);
            throw new InvalidOperationException($"{Address} {Code}");
        });
        await using var delivery = new DeliveryFixture(
            options =>
            {
                options.Email = ["smtp", "broken", "hanging"];
                SmtpDelivery.Configure(options, sink.Port);
            },
            broken,
            hanging);
        var message = delivery.Mail(Address, code: Code);

        var delivering = delivery.DeliverAsync(message);
        await hanging.Called;
        delivery.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.False((await delivering).IsDelivered);

        Assert.NotEmpty(delivery.Log.Lines);
        Assert.All(delivery.Log.Lines, RevealsNothing);
    }

    [Fact]
    public async Task Each_attempt_is_logged_with_its_provider_its_category_and_its_time()
    {
        var slow = ScriptedProvider.Hanging("slow");
        await using var delivery = new DeliveryFixture(
            options => options.Email = ["slow", "second", "third"],
            slow,
            ScriptedProvider.Refusing("second", DeliveryFailure.Unavailable),
            ScriptedProvider.Accepting("third"));

        var delivering = delivery.DeliverAsync(delivery.Mail());
        await slow.Called;
        delivery.Time.Advance(TimeSpan.FromSeconds(4));
        await delivering;

        Assert.Equal(
            [
                "Warning 2002 slow did not take a message: Timeout after 4000 ms ",
                "Warning 2002 second did not take a message: Unavailable after 0 ms ",
                "Debug 2001 third took a message after 0 ms ",
            ],
            delivery.Log.Lines);
    }

    [Theory]
    [InlineData(DeliveryFailure.RecipientUnreachable, "Information 2008 first says that nobody reaches the recipient of a message: RecipientUnreachable after 0 ms ")]
    [InlineData(DeliveryFailure.RecipientUnsubscribed, "Information 2008 first says that nobody reaches the recipient of a message: RecipientUnsubscribed after 0 ms ")]
    [InlineData(DeliveryFailure.Unanswered, "Warning 2007 first was handed a message and has not answered after 0 ms: it may arrive, and counts as sent ")]
    internal async Task What_is_no_refusal_is_told_as_what_it_is_and_is_no_error(DeliveryFailure failure, string line)
    {
        await using var delivery = new DeliveryFixture(
            options => options.Email = ["first", "second"], ScriptedProvider.Refusing("first", failure), ScriptedProvider.Accepting("second"));

        await delivery.DeliverAsync(delivery.Mail());

        Assert.Equal([line], delivery.Log.Lines);
    }

    [Fact]
    public async Task Neither_a_message_nor_its_outcome_reveals_anything_when_formatted()
    {
        await using var delivery = new DeliveryFixture(_ => { });
        var message = delivery.Mail(Address, code: Code);

        RevealsNothing($"{message}");
        RevealsNothing($"{new InboxMessage("1", message.CreatedAt, "19", Targets.Channel.Email, Address, "s", Code, null, Code)}");
    }

    private static void RevealsNothing(string text)
    {
        Assert.DoesNotContain(Address, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Code, text, StringComparison.Ordinal);
    }
}
