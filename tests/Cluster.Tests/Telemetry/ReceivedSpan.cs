namespace Otp.Cluster.Telemetry;

/// <summary>A span as the receiver got it.</summary>
/// <param name="Service">The process's <c>service.name</c>.</param>
/// <param name="Source">The source that it came from.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">1 internal, 2 server, 3 client.</param>
/// <param name="TraceId">Its trace.</param>
/// <param name="Id">Its id.</param>
/// <param name="Parent">Its parent's id; empty for a root.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record ReceivedSpan(
    string Service, string Source, string Name, int Kind, string TraceId, string Id, string Parent, IReadOnlyDictionary<string, string> Attributes);
