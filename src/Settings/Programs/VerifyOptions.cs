using System.Text.RegularExpressions;
using Otp.Settings;
using Otp.Verifications;

namespace Otp.Programs;

/// <summary>The program as a service of the Verify surface: configuration section <c>Otp:Programs:{id}:Verify</c>.</summary>
public sealed partial class VerifyOptions
{
    /// <summary>The service's SID, <c>VA…</c>; null where the program is no service.</summary>
    public string? ServiceSid { get; set; }

    /// <summary>The SID of the account that the service belongs to, <c>AC…</c>. Several services may share it.</summary>
    public string? AccountSid { get; set; }

    /// <summary>Hashes of the account's auth tokens (ASP.NET Core Identity's format); two while one replaces the other.</summary>
    public List<string> AuthTokenHashes { get; set; } = [];

    /// <summary>API keys that callers may use instead of the auth token, by SID, <c>SK…</c>.</summary>
    public Dictionary<string, VerifyApiKeyOptions> ApiKeys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How codes may travel; null for e-mail and SMS.</summary>
    public List<VerificationChannel>? Channels { get; set; }

    /// <summary>Whether callers may bring codes of their own.</summary>
    public bool CustomCode { get; set; }

    /// <summary>Whether callers may name the program otherwise in a message.</summary>
    public bool CustomFriendlyName { get; set; }

    /// <summary>Whether every code approves a payment: callers then name amount and payee.</summary>
    public bool Psd2 { get; set; }

    internal void Check(string path, string program, OtpOptions service, FaultList faults)
    {
        if (ServiceSid is null)
        {
            if (AccountSid is not null || AuthTokenHashes.Count > 0 || ApiKeys.Count > 0 || Channels is not null || CustomCode || CustomFriendlyName || Psd2)
            {
                faults.Add($"{path}:ServiceSid is missing: without it the program is no service.");
            }

            return;
        }

        if (!IsSid(ServiceSid, "VA"))
        {
            faults.Add($"{path}:ServiceSid is not a service's SID: VA and 32 hexadecimal digits.");
        }
        else if (service.Programs.Any(p => string.CompareOrdinal(p.Key, program) < 0 && p.Value.Verify.ServiceSid == ServiceSid))
        {
            faults.Add($"{path}:ServiceSid: another program has it too.");
        }

        if (!IsSid(AccountSid, "AC"))
        {
            faults.Add($"{path}:AccountSid is not an account's SID: AC and 32 hexadecimal digits.");
        }

        if (AuthTokenHashes.Count == 0 && ApiKeys.Count == 0)
        {
            faults.Add($"{path}:AuthTokenHashes:0 is missing: a hash made by the gateway's hash-secret command, or {path}:ApiKeys instead.");
        }

        ClientOptions.CheckHashes($"{path}:AuthTokenHashes", AuthTokenHashes, faults);
        foreach (var (sid, key) in ApiKeys)
        {
            key.Check($"{path}:ApiKeys:{sid}", sid, faults);
        }
    }

    internal static bool IsSid(string? text, string prefix) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && Digits().IsMatch(text.AsSpan(prefix.Length));

    [GeneratedRegex(@"^[0-9a-fA-F]{32}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}

/// <summary>An API key of the Verify surface.</summary>
public sealed class VerifyApiKeyOptions
{
    /// <summary>Hashes of the valid secrets (ASP.NET Core Identity's format); two while one replaces the other.</summary>
    public List<string> SecretHashes { get; set; } = [];

    internal void Check(string path, string sid, FaultList faults)
    {
        if (!VerifyOptions.IsSid(sid, "SK"))
        {
            faults.Add($"{path}: the name is not an API key's SID: SK and 32 hexadecimal digits.");
        }

        if (SecretHashes.Count == 0)
        {
            faults.Add($"{path}:SecretHashes:0 is missing: a hash made by the gateway's hash-secret command.");
        }

        ClientOptions.CheckHashes($"{path}:SecretHashes", SecretHashes, faults);
    }
}
