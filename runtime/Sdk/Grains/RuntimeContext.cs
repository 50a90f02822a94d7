namespace Orleans.Runtime;

/// <summary>The activation whose code runs on this thread.</summary>
internal static class RuntimeContext
{
    internal static IActivation? Current => SynchronizationContext.Current as IActivation;
}
