namespace Otp.Programs;

/// <summary>Which channels codes may go over; for a member, which of its registered channels is used.</summary>
public enum ChannelRule
{
    /// <summary>Either; a member's own choice.</summary>
    Any = 0,

    /// <summary>E-mail alone.</summary>
    Email = 1,

    /// <summary>SMS alone.</summary>
    Phone = 2,
}
