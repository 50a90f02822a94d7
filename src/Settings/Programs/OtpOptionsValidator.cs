using System.Net;
using Microsoft.Extensions.Options;

namespace Otp.Programs;

/// <summary>Checks <see cref="OtpOptions"/> as a whole and names every fault by its configuration key.</summary>
public sealed class OtpOptionsValidator(TimeProvider time) : IValidateOptions<OtpOptions>
{
    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var faults = new FaultList();
        CheckService(options, faults);
        CheckCluster(options.Cluster, faults);
        CheckLimits(options.Limits, faults);
        PolicyFaults.Check("Otp:Policy", options.Policy, faults);
        PolicyFaults.Check("Otp:Lockout", options.Lockout, faults);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var (id, program) in options.Programs)
        {
            ProgramFaults.Check(id, program, options, today, faults);
        }

        return faults.ToResult();
    }

    private static void CheckService(OtpOptions options, FaultList faults)
    {
        if (options.CodeKeys.Count == 0)
        {
            faults.Add("Otp:CodeKeys:0 is missing: base64 of at least 32 random bytes.");
        }

        for (var i = 0; i < options.CodeKeys.Count; i++)
        {
            faults.CheckKey($"Otp:CodeKeys:{i}", options.CodeKeys[i]);
        }

        faults.CheckKey("Otp:IndexKey", options.IndexKey);
        faults.CheckKey("Otp:Tokens:SigningKey", options.Tokens.SigningKey);
        faults.CheckSpan("Otp:Tokens:Lifetime", options.Tokens.Lifetime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(31));
        faults.CheckSpan("Otp:CustomerRetention", options.CustomerRetention, TimeSpan.FromDays(1), TimeSpan.FromDays(3660));
        faults.CheckSpan("Otp:MemberRetention", options.MemberRetention, TimeSpan.FromDays(1), TimeSpan.FromDays(3660));
        for (var i = 0; i < options.Proxies.Count; i++)
        {
            if (!IPAddress.TryParse(options.Proxies[i], out _) && !IPNetwork.TryParse(options.Proxies[i], out _))
            {
                faults.Add($"Otp:Proxies:{i}: '{options.Proxies[i]}' is neither an IP address nor a network like 10.0.0.0/8.");
            }
        }
    }

    // Whether there must be one, and what is in the files, is for those who read them to say: a process alone needs neither.
    private static void CheckCluster(ClusterSecurityOptions cluster, FaultList faults)
    {
        if (!string.IsNullOrEmpty(cluster.Secret))
        {
            faults.CheckKey("Otp:Cluster:Secret", cluster.Secret);
            if (!string.IsNullOrEmpty(cluster.Certificate))
            {
                faults.Add("Otp:Cluster:Certificate: there is Otp:Cluster:Secret too; set one of them.");
            }
        }

        if (string.IsNullOrEmpty(cluster.Certificate))
        {
            CheckUnused("Otp:Cluster:CertificateKey", cluster.CertificateKey);
            CheckUnused("Otp:Cluster:CertificateAuthority", cluster.CertificateAuthority);
            CheckUnused("Otp:Cluster:CertificatePassword", cluster.CertificatePassword);
        }

        void CheckUnused(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                faults.Add($"{key} means nothing without Otp:Cluster:Certificate.");
            }
        }
    }

    private static void CheckLimits(LimitOptions limits, FaultList faults)
    {
        faults.CheckRate("Otp:Limits:SendsPerAddress", limits.SendsPerAddress);
        faults.CheckRate("Otp:Limits:SendsPerProgram", limits.SendsPerProgram);
        faults.CheckRate("Otp:Limits:TokensPerAddress", limits.TokensPerAddress);
        faults.CheckRate("Otp:Limits:FailedTokensPerAddress", limits.FailedTokensPerAddress);
        faults.CheckRate("Otp:Limits:FailedTokensPerClient", limits.FailedTokensPerClient);
    }
}
