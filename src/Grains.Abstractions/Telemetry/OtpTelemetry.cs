using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Otp.Telemetry;

/// <summary>The meter and the activity source of the service; each costs next to nothing while nobody listens.</summary>
public static class OtpTelemetry
{
    /// <summary>The name of <see cref="Meter"/> and of <see cref="Source"/>.</summary>
    public const string Name = "Otp";

    public static Meter Meter { get; } = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Whether what happens now is part of a trace that is recorded.</summary>
    public static bool IsTraced => Activity.Current is { IsAllDataRequested: true };

    /// <summary>Starts a span around a call of another system, which the caller ends; null outside of a trace.</summary>
    /// <param name="verb">What is done.</param>
    /// <param name="to">Where: a name from the settings.</param>
    public static Activity? StartCall(string verb, string to) => IsTraced ? Source.StartActivity($"{verb} {to}", ActivityKind.Client) : null;

    /// <summary>Marks a span as failed.</summary>
    /// <param name="error">A category or the type of an exception.</param>
    public static void Fail(Activity? span, string? error) => span?.SetStatus(ActivityStatusCode.Error).SetTag(OtpTags.ErrorType, error);
}
