using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Otp.Hosting.Telemetry;

/// <summary>Only requests begin a trace. What a request causes follows it; what a timer or a start causes is not traced.</summary>
/// <param name="requests">Chooses the requests.</param>
internal sealed class RequestSampler(Sampler requests) : Sampler
{
    /// <summary>The framework's name for a request's span until its route is known.</summary>
    public const string RequestSpan = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => samplingParameters.Name == RequestSpan
        ? requests.ShouldSample(samplingParameters)
        : new SamplingResult(samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
}
