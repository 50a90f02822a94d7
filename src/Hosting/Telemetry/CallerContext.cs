using System.Diagnostics;

namespace Otp.Hosting.Telemetry;

/// <summary>
/// What requests take over from their callers' <c>traceparent</c>: nothing, unless the sampler is said to follow it; otherwise anybody could
/// have a request traced. Never their baggage, which would go on to every grain call.
/// </summary>
/// <param name="isFollowed">Whether requests belong to their callers' traces.</param>
internal sealed class CallerContext(bool isFollowed) : DistributedContextPropagator
{
    private readonly DistributedContextPropagator _standard = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => _standard.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => _standard.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        if (isFollowed)
        {
            _standard.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
        }
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
