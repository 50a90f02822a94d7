namespace Otp;

/// <summary>Where silos run, in a cluster on Redis.</summary>
public enum Topology
{
    /// <summary>Gateways are clients; silos are processes of their own.</summary>
    Split = 0,

    /// <summary>Every gateway's process hosts a silo too.</summary>
    Combined = 1,
}
