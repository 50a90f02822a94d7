namespace Orleans.Runtime;

/// <summary>In the services of a silo or client whose calls carry on the trace of their callers.</summary>
internal sealed class ActivityPropagation
{
    /// <summary>A way on which calls carry on their trace, if the services say so; else the way as it is.</summary>
    internal static IGrainCalls Trace(IGrainCalls way, IServiceProvider services) =>
        services.GetService(typeof(ActivityPropagation)) is null ? way : new TracedCalls(way);
}
