using Otp.Text;

namespace Otp.Programs;

/// <summary>One caller of the API.</summary>
public sealed class ClientOptions
{
    /// <summary>Hashes of the valid secrets (ASP.NET Core Identity's format); two while one replaces the other.</summary>
    public List<string> SecretHashes { get; set; } = [];

    /// <summary>What the client may do: <c>otp</c>, <c>admin</c>.</summary>
    public List<string> Roles { get; set; } = [];

    internal void Check(string path, string id, FaultList faults)
    {
        // The id that a caller gives is cleaned before it is looked for.
        faults.AddIf(
            PastedText.Clean(id) != id,
            $"{path}: the client id has characters that nobody sees, white space at its ends, or digits or letters in full width.");
        CheckSecrets($"{path}:SecretHashes", SecretHashes, faults);
        faults.CheckEach(
            $"{path}:Roles", Roles, static (setting, role) => role is ClientRoles.Otp or ClientRoles.Admin ? null : $"{setting}: '{role}' is not a role (otp, admin).");
    }

    internal static void CheckSecrets(string path, List<string> hashes, FaultList faults)
    {
        faults.AddIf(hashes.Count == 0, $"{path}:0 is missing: a hash made by the gateway's hash-secret command.");
        CheckHashes(path, hashes, faults);
    }

    internal static void CheckHashes(string path, List<string> hashes, FaultList faults) => faults.CheckEach(
        path, hashes, static (setting, hash) => FaultList.IsBase64(hash, atLeast: 32) ? null : $"{setting} is not a hash made by the gateway's hash-secret command.");
}

/// <summary>What a client may do.</summary>
public static class ClientRoles
{
    /// <summary>Send and verify codes, read sessions.</summary>
    public const string Otp = "otp";

    /// <summary>Administer members and targets.</summary>
    public const string Admin = "admin";
}
