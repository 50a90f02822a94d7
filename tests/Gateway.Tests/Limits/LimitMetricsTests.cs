using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Otp.Gateway.Tests.Harness;
using Otp.Gateway.Tests.Statistics;
using Otp.Telemetry;

namespace Otp.Gateway.Tests.Limits;

// Every gateway of this process counts on the same instrument.
[Collection(nameof(StatisticsAlone))]
public sealed class LimitMetricsTests
{
    [Fact]
    public async Task Request_that_a_limit_on_callers_refuses_is_counted_by_the_limit()
    {
        var reasons = new ConcurrentQueue<object?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Name == "otp.callers.refused")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            Assert.Equal(OtpTags.Reason, tags[0].Key);
            reasons.Enqueue(tags[0].Value);
        });
        listener.Start();
        await using var gateway = await TestGateway.StartAsync(new() { ["Otp:Limits:SendsPerAddress:Limit"] = "1" });

        var first = await gateway.SendAsync(TestGateway.NewTarget());
        var second = await gateway.SendAsync(TestGateway.NewTarget());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.Status, second.Status));
        Assert.Equal(["sends_per_address"], reasons);
    }
}
