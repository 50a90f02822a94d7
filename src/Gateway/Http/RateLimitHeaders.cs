using System.Runtime.CompilerServices;

namespace Otp.Gateway.Http;

/// <summary>
/// The headers that tell a caller its limits before it runs into them: <c>RateLimit-Policy</c> lists the windows,
/// <c>RateLimit</c> says how full the closest one is (draft-ietf-httpapi-ratelimit-headers).
/// </summary>
internal sealed class RateLimitHeaders
{
    public const string PolicyHeader = "RateLimit-Policy";
    public const string UsageHeader = "RateLimit";

    private readonly ConditionalWeakTable<Policy, string> _policies = [];

    /// <summary>Sets <c>RateLimit-Policy</c>, e.g. <c>"hour";q=5;w=3600, "day";q=10;w=86400</c>.</summary>
    public void SetPolicy(HttpResponse response, OtpProgram program, Purpose purpose)
    {
        var policy = program.PolicyFor(purpose);
        if (!policy.AllWindows.IsEmpty)
        {
            response.Headers[PolicyHeader] = _policies.TryGetValue(policy, out var text) ? text : _policies.GetValue(policy, static p => Describe(p.AllWindows));
        }
    }

    /// <summary>Sets <c>RateLimit</c>, e.g. <c>"hour";r=4;t=3600</c>; not at all where no window is set.</summary>
    public static void SetUsage(HttpResponse response, WindowUsage? usage)
    {
        if (usage is not null)
        {
            response.Headers[UsageHeader] = string.Create(
                CultureInfo.InvariantCulture, $"\"{usage.Window}\";r={usage.Remaining};t={WholeSeconds.Covering(usage.Reset)}");
        }
    }

    private static string Describe(ImmutableArray<Window> windows) => string.Join(
        ", ",
        windows.Select(w => string.Create(CultureInfo.InvariantCulture, $"\"{w.Name}\";q={w.Limit};w={WholeSeconds.Covering(w.Period)}")));
}
