using System.Diagnostics;

namespace Otp.Delivery;

/// <summary>Real endpoints on the system's clock, with time-outs to match.</summary>
public sealed class HttpFailOverTests
{
    private static readonly TimeSpan ProviderTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(HttpFault.Hang)]
    [InlineData(HttpFault.Refuse)]
    [InlineData(HttpFault.Answer500)]
    [InlineData(HttpFault.Reset)]
    public async Task The_second_provider_gets_the_message_within_the_time(HttpFault fault)
    {
        await using var first = await LoopbackEndpoint.StartAsync((http, _) => fault.AnswerAsync(http));
        await using var second = await LoopbackEndpoint.StartAsync();
        await using var delivery = Delivery(fault == HttpFault.Refuse ? LoopbackEndpoint.Nowhere() : first.Address, second.Address);

        var watch = Stopwatch.StartNew();
        Assert.Equal("second", (await delivery.DeliverAsync(delivery.Mail())).Provider);

        Assert.True(watch.Elapsed < TotalTimeout, $"{watch.Elapsed}");
        Assert.Contains("271828", (await second.ReceiveAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_both_down_delivery_fails_within_the_time()
    {
        await using var first = await LoopbackEndpoint.StartAsync((http, _) => HttpFault.Hang.AnswerAsync(http));
        await using var second = await LoopbackEndpoint.StartAsync((http, _) => HttpFault.Reset.AnswerAsync(http));
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
