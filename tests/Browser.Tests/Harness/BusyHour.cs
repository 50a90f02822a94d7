using System.Diagnostics;
using System.Diagnostics.Metrics;
using Otp.Telemetry;

namespace Otp.Browser.Tests.Harness;

/// <summary>An hour of made-up traffic on a gateway's instruments, for what only a full page shows.</summary>
public static class BusyHour
{
    private const int Minutes = 60;

    /// <summary>Lets the hour pass on the gateway's clock.</summary>
    public static void Play(ManualTimeProvider clock)
    {
        using var meter = new Meter(OtpTelemetry.Name);
        var sends = meter.CreateCounter<long>("otp.sends");
        var verifies = meter.CreateCounter<long>("otp.verifies");
        var refused = meter.CreateCounter<long>("otp.callers.refused");
        var deliveries = meter.CreateHistogram<double>("otp.delivery.duration");
        var receipts = meter.CreateCounter<long>("otp.delivery.receipts");
        var events = meter.CreateCounter<long>("otp.events");
        var storage = meter.CreateHistogram<double>("otp.storage.duration");
        for (var minute = 0; minute < Minutes; minute++)
        {
            var wave = 1 + Math.Sin(minute / 6.0);
            var count = (int)(20 + (30 * wave));
            Count(sends, count, "email", "sent");
            Count(sends, count / 2, "44", "sent");
            Count(sends, count / 3, "49", "sent");
            Count(sends, minute / 20, "7", "rate_limited");
            Count(sends, minute % 3, "44", "target_not_allowed");
            Count(verifies, (int)(count * 0.9), "email", "verified");
            Count(verifies, (int)(count * 0.38), "44", "verified");
            Count(verifies, count / 10, "49", "verified");
            Count(verifies, count / 12, "email", "wrong_code");
            Count(verifies, minute % 2, "44", "attempts_exhausted");
            refused.Add(minute % 5, new KeyValuePair<string, object?>(OtpTags.Reason, "SendsPerAddress"));
            Report(receipts, count / 2, (OtpTags.Provider, "twilio"), (OtpTags.State, "delivered"));
            Report(receipts, minute % 3, (OtpTags.Provider, "twilio"), (OtpTags.State, "undelivered"), (OtpTags.Reason, "unreachable"));
            Report(events, count, (OtpTags.Program, "acme"), (OtpTags.Outcome, "delivered"));
            Report(events, minute % 4, (OtpTags.Program, "acme"), (OtpTags.Outcome, "failed"), (OtpTags.ErrorType, minute % 2 == 0 ? "503" : "connection_failed"));
            Report(events, minute / 58, (OtpTags.Program, "acme"), (OtpTags.Outcome, "dropped"));
            for (var i = 0; i < count; i++)
            {
                var spread = 1 + (i % 10 == 0 ? 4 : i % 7 * 0.1);
                Time(deliveries, 0.08 * wave * spread, (OtpTags.Program, "acme"), (OtpTags.Provider, "mail"), (OtpTags.Channel, "email"));
                Time(deliveries, 0.2 * spread, (OtpTags.Program, "acme"), (OtpTags.Provider, "twilio"), (OtpTags.Channel, "phone"));
                Time(storage, 0.0006 * spread, (OtpTags.Storage, "target"), (OtpTags.StorageOperation, "write"));
                Time(storage, 0.0004 * spread * wave, (OtpTags.Storage, "target"), (OtpTags.StorageOperation, "read"));
                Time(storage, 0.15 * spread, (OtpTags.Storage, "member"), (OtpTags.StorageOperation, "write"));
            }

            if (minute % 12 == 0)
            {
                Time(deliveries, 5, (OtpTags.Program, "acme"), (OtpTags.Provider, "mail"), (OtpTags.Channel, "email"), (OtpTags.ErrorType, "timeout"));
                Time(storage, 2, (OtpTags.Storage, "member"), (OtpTags.StorageOperation, "write"), (OtpTags.ErrorType, "timeout"));
            }

            clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static void Count(Counter<long> counter, long count, string prefix, string outcome)
    {
        if (count > 0)
        {
            counter.Add(
                count,
                new KeyValuePair<string, object?>(OtpTags.Program, "acme"),
                new KeyValuePair<string, object?>(prefix == "email" ? OtpTags.Channel : OtpTags.CallingCode, prefix),
                new KeyValuePair<string, object?>(OtpTags.Outcome, outcome));
        }
    }

    private static void Report(Counter<long> counter, long count, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var all = new TagList();
        foreach (var (name, value) in tags)
        {
            all.Add(name, value);
        }

        counter.Add(count, all);
    }

    private static void Time(Histogram<double> histogram, double seconds, params ReadOnlySpan<(string Name, string Value)> tags)
    {
        var all = new KeyValuePair<string, object?>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            all[i] = new(tags[i].Name, tags[i].Value);
        }

        histogram.Record(seconds, all);
    }
}
