using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Otp.Gateway.Tests.Statistics;
using Otp.Telemetry;

namespace Otp.Gateway.Tests.Hosting;

// Every gateway of this process counts on the same instrument.
[Collection(nameof(StatisticsAlone))]
public sealed class WarmUpTests
{
    [Fact]
    public async Task Warm_up_signs_in_by_both_apis()
    {
        var outcomes = new ConcurrentQueue<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Name is "otp.sends" or "otp.verifies")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var byName = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (byName[OtpTags.Program] == "warm-up")
            {
                outcomes.Enqueue(byName[OtpTags.Outcome]!);
            }
        });
        listener.Start();

        await WarmUp.RunAsync();

        string[] signIn = ["sent", "wrong_code", "verified"];
        Assert.Equal(Enumerable.Repeat(signIn, 6).SelectMany(outcome => outcome), outcomes);
    }
}
