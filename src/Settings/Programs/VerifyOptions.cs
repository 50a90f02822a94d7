using Otp.Verifications;

namespace Otp.Programs;

/// <summary>The program as a service of the Verify surface: configuration section <c>Otp:Programs:{id}:Verify</c>.</summary>
public sealed class VerifyOptions
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
            faults.AddIf(
                AccountSid is not null || AuthTokenHashes.Count > 0 || ApiKeys.Count > 0 || Channels is not null || CustomCode || CustomFriendlyName || Psd2,
                $"{path}:ServiceSid is missing: without it the program is no service.");
            return;
        }

        var isSid = FaultList.IsSid(ServiceSid, "VA");
        faults.AddIf(!isSid, $"{path}:ServiceSid is not a service's SID: VA and 32 hexadecimal digits.");
        faults.AddIf(
            isSid && service.Programs.Any(p => string.CompareOrdinal(p.Key, program) < 0 && p.Value.Verify.ServiceSid == ServiceSid),
            $"{path}:ServiceSid: another program has it too.");
        faults.AddIf(!FaultList.IsSid(AccountSid, "AC"), $"{path}:AccountSid is not an account's SID: AC and 32 hexadecimal digits.");
        faults.AddIf(
            AuthTokenHashes.Count == 0 && ApiKeys.Count == 0,
            $"{path}:AuthTokenHashes:0 is missing: a hash made by the gateway's hash-secret command, or {path}:ApiKeys instead.");
        ClientOptions.CheckHashes($"{path}:AuthTokenHashes", AuthTokenHashes, faults);
        foreach (var (sid, key) in ApiKeys)
        {
            key.Check($"{path}:ApiKeys:{sid}", sid, faults);
        }
    }
}

/// <summary>An API key of the Verify surface.</summary>
public sealed class VerifyApiKeyOptions
{
    /// <summary>Hashes of the valid secrets (ASP.NET Core Identity's format); two while one replaces the other.</summary>
    public List<string> SecretHashes { get; set; } = [];

    internal void Check(string path, string sid, FaultList faults)
    {
        faults.AddIf(!FaultList.IsSid(sid, "SK"), $"{path}: the name is not an API key's SID: SK and 32 hexadecimal digits.");
        ClientOptions.CheckSecrets($"{path}:SecretHashes", SecretHashes, faults);
    }
}
