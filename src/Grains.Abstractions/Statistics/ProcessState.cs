namespace Otp.Statistics;

/// <summary>How a process is doing, by its own word or its silence.</summary>
public enum ProcessState
{
    Active = 0,

    /// <summary>It has been told to stop.</summary>
    Stopping = 1,

    /// <summary>It has stopped as it was told to.</summary>
    Stopped = 2,

    /// <summary>It has not been heard from, and did not say that it would stop.</summary>
    Silent = 3,
}
