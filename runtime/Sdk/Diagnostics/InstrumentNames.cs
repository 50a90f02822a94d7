namespace Orleans.Runtime;

/// <summary>The names that Microsoft Orleans gives to what is measured here too.</summary>
internal static class InstrumentNames
{
    internal const string Activations = "orleans-catalog-activations";
    internal const string ActivationsCreated = "orleans-catalog-activation-created";
    internal const string ActivationsDestroyed = "orleans-catalog-activation-destroyed";
    internal const string RequestLatency = "orleans-app-requests-latency";
    internal const string RequestsTimedOut = "orleans-app-requests-timedout";
}
