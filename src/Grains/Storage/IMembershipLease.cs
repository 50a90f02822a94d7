namespace Otp.Storage;

/// <summary>Says whether this silo may act for the grains that are in its memory, or others have perhaps taken them over.</summary>
public interface IMembershipLease
{
    /// <summary>The membership version that this silo acts under; null where it has not seen itself active of late.</summary>
    long? Version { get; }

    /// <summary>Looks at the membership now.</summary>
    /// <exception cref="SiloUnavailableException">The silo is not active: whoever calls must ask the one that took its place.</exception>
    Task RenewAsync();
}
