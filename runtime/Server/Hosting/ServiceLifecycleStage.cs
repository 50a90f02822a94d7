namespace Orleans;

/// <summary>The order in which a silo starts.</summary>
public static class ServiceLifecycleStage
{
    /// <summary>The silo is known to the others, and has no grains yet.</summary>
    public const int ApplicationServices = 10000;

    /// <summary>The silo has its share of the grains.</summary>
    public const int Active = 20000;
}
