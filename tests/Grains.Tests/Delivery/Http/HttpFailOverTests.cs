using System.Diagnostics;

namespace Otp.Delivery;

/// <summary>Real endpoints on the system's clock, with time-outs to match.</summary>
public sealed class HttpFailOverTests
{
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(HttpFault.Mute)]
    [InlineData(HttpFault.Refuse)]
    [InlineData(HttpFault.Answer500)]
    public async Task The_second_provider_gets_the_message_within_the_time(HttpFault fault)
    {
        var (first, address) = await fault.StartAsync();
        await using var second = await LoopbackEndpoint.StartAsync();
        await using var delivery = Delivery(address, second.Address);

        var watch = Stopwatch.StartNew();
        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);

        Assert.True(watch.Elapsed < TotalTimeout, $"{watch.Elapsed}");
        Assert.Contains("271828", (await second.ReceiveAsync()).Text, StringComparison.Ordinal);
        await (first?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory]
    [InlineData(HttpFault.Hang)]
    [InlineData(HttpFault.Reset)]
    [InlineData(HttpFault.BreakOff)]
    [InlineData(HttpFault.Answer504)]
    public async Task What_an_endpoint_was_handed_may_arrive_and_goes_to_no_other(HttpFault fault)
    {
        var (first, address) = await fault.StartAsync();
        await using var second = await LoopbackEndpoint.StartAsync();
        await using (var delivery = Delivery(address, second.Address))
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(new DeliveryOutcome(DeliveryVerdict.Unknown, "first"), await delivery.DeliverAsync(delivery.Mail()));

            Assert.True(watch.Elapsed < TotalTimeout, $"{watch.Elapsed}");
            Assert.Equal(0, second.Count);
        }

        await first!.DisposeAsync();
    }

    [Fact]
    public async Task With_both_down_delivery_fails_within_the_time()
    {
        await using var first = new MuteEndpoint();
        await using var second = await LoopbackEndpoint.AnsweringAsync(500);
        await using var delivery = Delivery(first.Address, second.Address);

        var watch = Stopwatch.StartNew();
        Assert.False((await delivery.DeliverAsync(delivery.Mail())).IsDelivered);

        Assert.True(watch.Elapsed < TotalTimeout, $"{watch.Elapsed}");
    }

    [Fact]
    public async Task A_failed_connection_is_tried_again()
    {
        await using var second = await LoopbackEndpoint.StartAsync();
        await using var delivery = Delivery(LoopbackEndpoint.Nowhere(), second.Address);

        var watch = Stopwatch.StartNew();
        await delivery.DeliverAsync(delivery.Mail());

        // What it waits for is spread at random, but never nothing.
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(50), $"{watch.Elapsed}");
    }

    private static DeliveryFixture Delivery(string first, string second) => new(
        options =>
        {
            (options.ProviderTimeout, options.TotalTimeout) = (ProviderTimeout, TotalTimeout);
            WebhookDelivery.Add(options, "first", first);
            WebhookDelivery.Add(options, "second", second);
        },
        TimeProvider.System);
}
