namespace Otp.Programs;

/// <summary>What a client may do.</summary>
public static class ClientRoles
{
    /// <summary>Send and verify codes, read sessions.</summary>
    public const string Otp = "otp";

    /// <summary>Administer members and targets.</summary>
    public const string Admin = "admin";
}
