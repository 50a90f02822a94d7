using Otp.Delivery;
using Otp.Grains.Tests.Harness;
using Otp.Programs;

namespace Otp.Grains.Tests.Events;

/// <summary>What a provider reports of a message, as the program's endpoint is told it.</summary>
public sealed class ReceiptEventTests : IAsyncLifetime
{
    private EventService _events = null!;

    private TestService Service => _events.Service;

    private Message Latest => Service.Delivery.Messages.Last();

    public async ValueTask InitializeAsync() => _events = await EventService.StartAsync();

    public ValueTask DisposeAsync() => _events.DisposeAsync();

    [Fact]
    public async Task Message_that_has_arrived_is_told_once_with_the_verification_of_its_send()
    {
        await Service.SendAsync(EventService.Jane);
        await Service.ReportAsync(Latest, DeliveryState.Sent);
        await Service.ReportAsync(Latest, DeliveryState.Delivered);
        await Service.ReportAsync(Latest, DeliveryState.Delivered);
        await Service.ReportAsync(Latest, DeliveryState.Undelivered);

        var told = await _events.NextAsync(2);

        Assert.Equal(["otp.sent", "otp.delivered"], told.Select(static e => e.Type));
        Assert.Equal(told[0].Text("verification"), told[1].Text("verification"));
        await _events.SettledAsync();
        Assert.Equal(2, _events.Endpoint.Count);
    }

    [Theory]
    [InlineData(UndeliveredReason.Unreachable, "unreachable")]
    [InlineData(UndeliveredReason.Carrier, "carrier")]
    public async Task Message_that_does_not_arrive_is_told_with_the_reason(UndeliveredReason reason, string told)
    {
        await Service.SendAsync(EventService.Jane);
        await Service.ReportAsync(Latest, DeliveryState.Undelivered, reason);

        var events = await _events.NextAsync(2);

        Assert.Equal(("otp.undelivered", told), (events[1].Type, events[1].Text("reason")));
    }

    [Fact]
    public async Task Message_that_is_handed_over_is_told_when_the_next_provider_reports_it()
    {
        var program = new ProgramOptions();
        program.Delivery.HandOverUndelivered = true;
        program.Delivery.Email = [TestDelivery.ProviderName, TestDelivery.NextName];
        _events.Use(static _ => { }, program);
        await Service.SendAsync(EventService.Jane);
        await Service.ReportAsync(Latest, DeliveryState.Undelivered, UndeliveredReason.Carrier);
        await Service.ReportAsync(Service.Next.Messages.Last(), DeliveryState.Delivered, provider: TestDelivery.NextName);

        var told = await _events.NextAsync(2);

        Assert.Equal(["otp.sent", "otp.delivered"], told.Select(static e => e.Type));
        await _events.SettledAsync();
        Assert.Equal(2, _events.Endpoint.Count);
    }
}
