namespace Orleans.Runtime;

/// <summary>Keys under which a part of the engine asks for its own <see cref="TimeProvider"/>; without one it takes the unkeyed service.</summary>
public static class TimeProviderNames
{
    /// <summary>Grains and their timers.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Time-outs of calls.</summary>
    public const string Messaging = "Orleans.Messaging";

    public const string SystemTimers = "Orleans.SystemTimers";

    public const string Membership = "Orleans.Membership";

    /// <summary>Idle collection, activation and deactivation time-outs.</summary>
    public const string ActivationManagement = "Orleans.ActivationManagement";
}
