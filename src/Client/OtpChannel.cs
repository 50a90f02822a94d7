namespace Otp.Client;

/// <summary>How a code travels.</summary>
public enum OtpChannel
{
    /// <summary>By mail.</summary>
    Email,

    /// <summary>By SMS.</summary>
    Phone,
}
