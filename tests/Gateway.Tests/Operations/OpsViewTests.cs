using Otp.Gateway.Operations;
using Otp.Statistics;

namespace Otp.Gateway.Tests.Operations;

public sealed class OpsViewTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("acme")]
    public void Receipts_are_shown_by_provider_state_and_reason(string? program)
    {
        var statistics = new StatisticsSnapshot(
            DateTimeOffset.UnixEpoch,
            [
                Series("twilio", "undelivered", "blocked", 2), Series("twilio", "delivered", "", 7), Series("hook", "delivered", "", 1), Series("twilio", "sent", "", 0),
            ],
            []);

        var view = OpsView.Of(statistics, program);

        Assert.Equal(
            [
                new ReceiptCount("hook", "delivered", "", Hour: 1, LastMinute: 1),
                new ReceiptCount("twilio", "delivered", "", Hour: 7, LastMinute: 7),
                new ReceiptCount("twilio", "undelivered", "blocked", Hour: 2, LastMinute: 2),
            ],
            view.Receipts);
    }

    private static SeriesHistory Series(string provider, string state, string reason, long count)
    {
        var minutes = new long[StatisticsHour.Minutes];
        minutes[^1] = count;
        return new SeriesHistory(new SeriesKey(Measure.Receipts, provider, state, reason, Program: "acme"), [.. minutes], count);
    }
}
