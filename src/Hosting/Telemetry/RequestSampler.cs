using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using OpenTelemetry.Trace;

namespace Otp.Hosting.Telemetry;

/// <summary>
/// Chooses the requests that are traced before a span of theirs is made: one that nobody keeps costs a request nearly as much as one that is
/// kept. What a request causes follows it; nothing else begins a trace.
/// </summary>
internal sealed class RequestSampler(TraceSampling sampling, RandomNumberGenerator random) : Sampler
{
    /// <summary>What a chosen request's span is called until its route is known.</summary>
    public const string RequestSpan = "HTTP request";

    private const int DoubleBits = 53;

    private readonly TraceIdRatioBasedSampler _byTraceId = new(sampling.Share);

    /// <summary>Whether a request is traced.</summary>
    /// <param name="caller">The span of its caller, as the caller says; default if there is none.</param>
    public bool IsChosen(in ActivityContext caller)
    {
        if (caller.TraceId == default)
        {
            return IsDrawn();
        }

        return sampling.FollowsCaller
            ? IsRecorded(caller)
            : _byTraceId.ShouldSample(new SamplingParameters(caller, caller.TraceId, RequestSpan, ActivityKind.Server)).Decision
                == SamplingDecision.RecordAndSample;
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(IsRecorded(samplingParameters.ParentContext) || samplingParameters.Name == RequestSpan);

    private static bool IsRecorded(in ActivityContext span) => span.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);

    private bool IsDrawn()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.GetBytes(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes) >> (sizeof(ulong) * 8 - DoubleBits)) < sampling.Share * (1L << DoubleBits);
    }
}
