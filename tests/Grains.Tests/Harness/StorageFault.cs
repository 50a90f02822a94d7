namespace Otp.Grains.Tests.Harness;

/// <summary>What goes wrong with the next write.</summary>
public enum StorageFault
{
    None,

    /// <summary>It fails and nothing is stored.</summary>
    Lost,

    /// <summary>It is stored, but the answer never comes.</summary>
    Unanswered,
}
