namespace Otp.Statistics;

/// <summary>What a process is.</summary>
public enum ProcessRole
{
    Silo = 0,
    Gateway = 1,

    /// <summary>A gateway that hosts a silo too.</summary>
    Combined = 2,
}
