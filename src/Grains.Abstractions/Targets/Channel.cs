namespace Otp.Targets;

/// <summary>How a target is reached.</summary>
public enum Channel
{
    Email = 0,
    Phone = 1,
}
