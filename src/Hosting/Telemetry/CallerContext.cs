using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Otp.Hosting.Telemetry;

/// <summary>
/// Ignores callers' <c>traceparent</c>, unless it is to be followed, because anybody could have a request traced; and always baggage, which
/// would go on to every grain call. Orleans carries traces between processes by the same propagator, but not in HTTP headers.
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
        if (isFollowed || carrier is not IHeaderDictionary)
        {
            _standard.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
        }
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
