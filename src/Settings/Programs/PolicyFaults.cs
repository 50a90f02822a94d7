using Otp.Targets;

namespace Otp.Programs;

/// <summary>What is wrong with one level's policy or lockout.</summary>
internal static class PolicyFaults
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(31);

    public static void Check(string path, PolicyOptions policy, FaultList faults)
    {
        faults.CheckRange($"{path}:Length", policy.Length, Policy.MinLength, Policy.MaxLength);
        faults.CheckSpan($"{path}:Lifetime", policy.Lifetime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(1));
        faults.CheckRange($"{path}:Attempts", policy.Attempts, 1, 100);
        faults.CheckSpan($"{path}:MinimumGap", policy.MinimumGap, TimeSpan.Zero, LongestPeriod);
        for (var i = 0; i < policy.Windows?.Count; i++)
        {
            CheckWindow($"{path}:Windows:{i}", policy.Windows, i, faults);
        }

        for (var i = 0; i < policy.AllowedCountries?.Count; i++)
        {
            CheckRegion($"{path}:AllowedCountries:{i}", policy.AllowedCountries[i], faults);
        }

        for (var i = 0; i < policy.AllowedDomains?.Count; i++)
        {
            if (!AllowedTargets.TryReadDomain(policy.AllowedDomains[i], out _))
            {
                faults.Add($"{path}:AllowedDomains:{i}: '{policy.AllowedDomains[i]}' is not a mail domain (example.com, or *.example.com for all below it).");
            }
        }
    }

    public static void Check(string path, LockoutOptions lockout, FaultList faults)
    {
        faults.CheckRange($"{path}:Threshold", lockout.Threshold, 1, 1_000_000);
        faults.CheckSpan($"{path}:Duration", lockout.Duration, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366));
        faults.CheckSpan($"{path}:Memory", lockout.Memory, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
    }

    public static void CheckRegion(string key, string? region, FaultList faults)
    {
        if (!NumberingPlan.IsRegion(region))
        {
            faults.Add($"{key}: '{region}' is not a region with a numbering plan (ISO 3166-1 alpha-2, like GB).");
        }
    }

    private static void CheckWindow(string path, List<WindowOptions> windows, int index, FaultList faults)
    {
        var window = windows[index];
        if (!FaultList.IsName(window.Name) || window.Name == Policy.GapName)
        {
            faults.Add($"{path}:Name: 1–32 ASCII letters, digits, '_' and '-', and not '{Policy.GapName}'.");
        }

        if (windows.Take(index).Any(w => w.Name == window.Name))
        {
            faults.Add($"{path}:Name: '{window.Name}' names another window too.");
        }

        faults.CheckRange($"{path}:Limit", window.Limit, 1, 1000);
        faults.CheckSpan($"{path}:Period", window.Period, TimeSpan.FromSeconds(1), LongestPeriod);
    }
}
