using Otp.Settings;
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
        if (PastedText.Clean(id) != id)
        {
            faults.Add($"{path}: the client id has characters that nobody sees, white space at its ends, or digits or letters in full width.");
        }

        if (SecretHashes.Count == 0)
        {
            faults.Add($"{path}:SecretHashes:0 is missing: a hash made by the gateway's hash-secret command.");
        }

        CheckHashes($"{path}:SecretHashes", SecretHashes, faults);
        for (var i = 0; i < Roles.Count; i++)
        {
            if (Roles[i] is not (ClientRoles.Otp or ClientRoles.Admin))
            {
                faults.Add($"{path}:Roles:{i}: '{Roles[i]}' is not a role (otp, admin).");
            }
        }
    }

    internal static void CheckHashes(string path, List<string> hashes, FaultList faults)
    {
        for (var i = 0; i < hashes.Count; i++)
        {
            if (!FaultList.IsBase64(hashes[i], atLeast: 32))
            {
                faults.Add($"{path}:{i} is not a hash made by the gateway's hash-secret command.");
            }
        }
    }
}

/// <summary>What a client may do.</summary>
public static class ClientRoles
{
    /// <summary>Send and verify codes, read sessions.</summary>
    public const string Otp = "otp";

    /// <summary>Administer members and targets.</summary>
    public const string Admin = "admin";
}
