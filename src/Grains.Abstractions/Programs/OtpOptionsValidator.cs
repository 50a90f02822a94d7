using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Orleans.Otp.Programs;

/// <summary>Checks <see cref="OtpOptions"/> as a whole and names every fault by its configuration key.</summary>
public sealed partial class OtpOptionsValidator : IValidateOptions<OtpOptions>
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(31);

    public ValidateOptionsResult Validate(string? name, OtpOptions options)
    {
        var faults = new List<string>();
        if (options.CodeKeys.Count == 0)
        {
            faults.Add("Otp:CodeKeys:0 is missing: base64 of at least 32 random bytes.");
        }

        for (var i = 0; i < options.CodeKeys.Count; i++)
        {
            CheckKey($"Otp:CodeKeys:{i}", options.CodeKeys[i], faults);
        }

        CheckKey("Otp:IndexKey", options.IndexKey, faults);
        CheckKey("Otp:Tokens:SigningKey", options.Tokens.SigningKey, faults);
        CheckSpan("Otp:Tokens:Lifetime", options.Tokens.Lifetime, TimeSpan.FromSeconds(10), LongestPeriod, faults);
        CheckSpan("Otp:CustomerRetention", options.CustomerRetention, TimeSpan.FromDays(1), TimeSpan.FromDays(3660), faults);
        CheckSpan("Otp:MemberRetention", options.MemberRetention, TimeSpan.FromDays(1), TimeSpan.FromDays(3660), faults);
        CheckPolicy("Otp:Policy", options.Policy, faults);
        CheckLockout("Otp:Lockout", options.Lockout, faults);
        foreach (var (id, program) in options.Programs)
        {
            CheckProgram(id, program, options, faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckProgram(string id, ProgramOptions program, OtpOptions options, List<string> faults)
    {
        var path = $"Otp:Programs:{id}";
        if (!Token().IsMatch(id))
        {
            faults.Add($"{path}: a program id is 1–32 ASCII letters, digits, '_' and '-'.");
        }

        if (program.DefaultRegion is { } region && !Targets.NumberingPlan.IsRegion(region))
        {
            faults.Add($"{path}:DefaultRegion: '{region}' is not a region with a numbering plan (ISO 3166-1 alpha-2, like GB).");
        }

        CheckPolicy($"{path}:Policy", program.Policy, faults);
        CheckLockout($"{path}:Lockout", program.Lockout, faults);
        foreach (var (purpose, policy) in program.Purposes)
        {
            CheckPolicy($"{path}:Purposes:{purpose}", policy, faults);
        }

        foreach (var (client, clientOptions) in program.Clients)
        {
            CheckClient($"{path}:Clients:{client}", clientOptions, faults);
            if (options.Programs.Any(p => string.CompareOrdinal(p.Key, id) < 0 && p.Value.Clients.ContainsKey(client)))
            {
                faults.Add($"{path}:Clients:{client}: the client id is used by another program too.");
            }
        }
    }

    private static void CheckClient(string path, ClientOptions client, List<string> faults)
    {
        if (client.SecretHashes.Count == 0)
        {
            faults.Add($"{path}:SecretHashes:0 is missing: a hash made by the gateway's hash-secret command.");
        }

        for (var i = 0; i < client.SecretHashes.Count; i++)
        {
            if (!IsBase64(client.SecretHashes[i], atLeast: 32))
            {
                faults.Add($"{path}:SecretHashes:{i} is not a hash made by the gateway's hash-secret command.");
            }
        }

        for (var i = 0; i < client.Roles.Count; i++)
        {
            if (client.Roles[i] is not (ClientRoles.Otp or ClientRoles.Admin))
            {
                faults.Add($"{path}:Roles:{i}: '{client.Roles[i]}' is not a role (otp, admin).");
            }
        }
    }

    private static void CheckPolicy(string path, PolicyOptions policy, List<string> faults)
    {
        CheckRange($"{path}:Length", policy.Length, 4, 10, faults);
        CheckSpan($"{path}:Lifetime", policy.Lifetime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1), faults);
        CheckRange($"{path}:Attempts", policy.Attempts, 1, 100, faults);
        CheckSpan($"{path}:MinimumGap", policy.MinimumGap, TimeSpan.Zero, LongestPeriod, faults);
        for (var i = 0; i < policy.Windows?.Count; i++)
        {
            var window = policy.Windows[i];
            if (!Token().IsMatch(window.Name) || window.Name == Policy.GapName)
            {
                faults.Add($"{path}:Windows:{i}:Name: 1–32 ASCII letters, digits, '_' and '-', and not '{Policy.GapName}'.");
            }

            if (policy.Windows.Take(i).Any(w => w.Name == window.Name))
            {
                faults.Add($"{path}:Windows:{i}:Name: '{window.Name}' names another window too.");
            }

            CheckRange($"{path}:Windows:{i}:Limit", window.Limit, 1, 1000, faults);
            CheckSpan($"{path}:Windows:{i}:Period", window.Period, TimeSpan.FromSeconds(1), LongestPeriod, faults);
        }
    }

    private static void CheckLockout(string path, LockoutOptions lockout, List<string> faults)
    {
        CheckRange($"{path}:Threshold", lockout.Threshold, 1, 1_000_000, faults);
        CheckSpan($"{path}:Duration", lockout.Duration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366), faults);
        CheckSpan($"{path}:Memory", lockout.Memory, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366), faults);
    }

    private static void CheckKey(string path, string? value, List<string> faults)
    {
        if (string.IsNullOrEmpty(value))
        {
            faults.Add($"{path} is missing: base64 of at least 32 random bytes.");
        }
        else if (!IsBase64(value, atLeast: 32))
        {
            faults.Add($"{path} is not base64 of at least 32 bytes.");
        }
    }

    private static void CheckRange(string path, int? value, int least, int most, List<string> faults)
    {
        if (value < least || value > most)
        {
            faults.Add($"{path}: {value} is outside {least}–{most}.");
        }
    }

    private static void CheckSpan(string path, TimeSpan? value, TimeSpan least, TimeSpan most, List<string> faults)
    {
        if (value < least || value > most)
        {
            faults.Add($"{path}: {value} is outside {least}–{most}.");
        }
    }

    private static bool IsBase64(string value, int atLeast)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) && length >= atLeast;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
