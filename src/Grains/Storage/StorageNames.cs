namespace Otp.Storage;

/// <summary>The storages that grains keep their records in; they differ in how long a record outlives its last write.</summary>
public static class StorageNames
{
    /// <summary>Targets and sessions: nothing of them matters for longer than the rules say.</summary>
    public const string Otp = "otp";

    /// <summary>Customers.</summary>
    public const string Customers = "customers";

    /// <summary>Members and the index of their e-mail addresses.</summary>
    public const string Members = "members";
}
