using System.Diagnostics;
using System.Diagnostics.Metrics;
using Otp.Events;

namespace Otp.Telemetry;

/// <summary>Counts what becomes of the events that programs' endpoints are told, and measures how old they are when they are posted.</summary>
internal static class EventMetrics
{
    public const string Delivered = "delivered";
    public const string Failed = "failed";
    public const string Parked = "parked";
    public const string Dropped = "dropped";

    private static readonly Counter<long> Events =
        OtpTelemetry.Meter.CreateCounter<long>("otp.events", "{event}", "Events for programs' endpoints, by outcome.");

    private static readonly Histogram<double> Age = OtpTelemetry.Meter.CreateHistogram(
        "otp.events.age",
        "s",
        "How old an event was when its endpoint took or refused it.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 600, 3_600, 21_600, 86_400] });

    private static readonly UpDownCounter<long> Waiting =
        OtpTelemetry.Meter.CreateUpDownCounter<long>("otp.events.waiting", "{target}", "Targets that this silo knows to have events that were not delivered yet.");

    /// <summary>Counts an attempt to post an event.</summary>
    /// <param name="failure">Why it failed, as a category; null if it did not.</param>
    public static void CountAttempt(string program, EventType type, string? failure, TimeSpan age)
    {
        var tags = new TagList { { OtpTags.Program, program }, { OtpTags.Event, EventTypes.NameOf(type) }, { OtpTags.Outcome, failure is null ? Delivered : Failed } };
        if (failure is not null)
        {
            tags.Add(OtpTags.ErrorType, failure);
        }

        Events.Add(1, tags);
        Age.Record(age.TotalSeconds, new TagList { { OtpTags.Program, program }, { OtpTags.Outcome, failure is null ? Delivered : Failed } });
    }

    /// <summary>Counts an event that is parked.</summary>
    public static void CountParked(string program) => Events.Add(1, new TagList { { OtpTags.Program, program }, { OtpTags.Outcome, Parked } });

    /// <summary>Counts an event that is lost, because too many wait or are parked.</summary>
    public static void CountDropped(string program, int count = 1) => Events.Add(count, new TagList { { OtpTags.Program, program }, { OtpTags.Outcome, Dropped } });

    /// <summary>Counts targets that have begun to wait, or wait no longer.</summary>
    public static void CountWaiting(string program, int change) => Waiting.Add(change, new TagList { { OtpTags.Program, program } });
}
