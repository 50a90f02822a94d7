namespace Orleans.Runtime;

/// <summary>What is emitted for one grain interface.</summary>
/// <param name="Create">Makes references through the interface.</param>
/// <param name="Requests">The requests of its methods.</param>
internal sealed record ProxyType(Func<GrainInterface, IdSpan, GrainReference> Create, RequestType[] Requests);
