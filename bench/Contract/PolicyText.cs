using System.Collections.Concurrent;
using System.Globalization;
using Otp.Programs;

namespace Otp.Contract;

/// <summary>The header that lists a policy's windows, made once a policy.</summary>
internal static class PolicyText
{
    private static readonly ConcurrentDictionary<Policy, string> Texts = new(ReferenceEqualityComparer.Instance);

    public static string Of(Policy policy) => Texts.GetOrAdd(policy, static p => string.Join(
        ", ",
        p.Windows.Select(w => string.Create(CultureInfo.InvariantCulture, $"\"{w.Name}\";q={w.Limit};w={w.Period.TotalSeconds:F0}"))));
}
