namespace Orleans.Runtime;

/// <summary>The way of a call to its grain: the local silo, or a connection to another.</summary>
internal interface IGrainCalls
{
    /// <summary>Never throws: a fault is in the task, whose type is the one the request's method returns.</summary>
    Task Call(GrainId target, GrainRequest request);
}
