namespace Orleans.Runtime;

/// <summary>The class of the requests of one method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Create">Makes a request whose arguments are not set yet.</param>
internal sealed record RequestType(GrainMethod Method, Func<GrainRequest> Create);
