using System.Net;
using Microsoft.Extensions.Hosting;

namespace Otp.Programs;

/// <summary>The service's settings: configuration section <c>Otp</c>.</summary>
public sealed class OtpOptions
{
    /// <summary>The configuration section that binds to this class.</summary>
    public const string Section = "Otp";

    /// <summary>The part of the section that only silos read, with options of its own.</summary>
    public const string DeliverySection = "Delivery";

    private static readonly TimeSpan ShortestRetention = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(3660);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(10);

    /// <summary>A folder of which each file is one setting: its name the key (<c>Otp__IndexKey</c>), its text the value. Container secrets are mounted so.</summary>
    public string? SecretsDirectory { get; set; }

    /// <summary>Returns codes in the answer of a send. For development and tests: refused in all environments but Development and <see cref="AllowExposedCodes"/>.</summary>
    public bool ExposeCodes { get; set; }

    /// <summary>One more environment in which codes may be exposed (<see cref="MayExposeCodes"/>); never Production.</summary>
    public string? AllowExposedCodes { get; set; }

    /// <summary>Keys that codes are derived with, base64 of at least 32 bytes each, the newest first; older ones still verify. Only silos need them.</summary>
    public List<string> CodeKeys { get; set; } = [];

    /// <summary>The key that hides targets in storage, base64 of at least 32 bytes. With another key, every target is new.</summary>
    public string? IndexKey { get; set; }

    /// <summary>Where silos run; without Redis a gateway always hosts one.</summary>
    public Topology Topology { get; set; }

    /// <summary>How the processes of a cluster authenticate each other.</summary>
    public ClusterSecurityOptions Cluster { get; set; } = new();

    /// <summary>How long a session lives, 1 minute to 366 days, and no longer than <see cref="CustomerRetention"/>.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a customer is kept after the latest sign-in, 1 to 3660 days.</summary>
    public TimeSpan CustomerRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long a member is kept after it was last set or asked for, 1 to 3660 days.</summary>
    public TimeSpan MemberRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Access tokens.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>Whether a process of a cluster compiles the code of a sign-in before it starts. Without it a start is quicker, and the first callers wait.</summary>
    public bool WarmUp { get; set; } = true;

    /// <summary>How long a gateway that was told to stop serves on while <c>/health/ready</c> answers 503, up to 10 minutes.</summary>
    public TimeSpan DrainTime { get; set; }

    /// <summary>How many connections each address of a gateway takes at a time, 10 to 1,000,000; further ones are closed at once.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>The operators' own listener.</summary>
    public ManagementOptions Management { get; set; } = new();

    /// <summary>Where providers report what becomes of messages.</summary>
    public ReceiptOptions Receipts { get; set; } = new();

    /// <summary>Limits on callers.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>The audit.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Addresses, or networks like <c>10.0.0.0/8</c>, of the proxies whose <c>X-Forwarded-For</c> is trusted.</summary>
    public List<string> Proxies { get; set; } = [];

    /// <summary>The policy of every program and purpose that does not set its own.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>The lockout of every program that does not set its own.</summary>
    public LockoutOptions Lockout { get; set; } = new();

    /// <summary>Messages for programs that have none of their own, by purpose or <see cref="PurposeTemplates.Default"/>.</summary>
    public Dictionary<string, PurposeTemplates> Templates { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tenants, by program id: 1–32 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public Dictionary<string, ProgramOptions> Programs { get; set; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether an environment is for tests: codes may be in answers, and messages may reach nobody. Development is, and the one that
    /// <see cref="AllowExposedCodes"/> names; Production never.
    /// </summary>
    public bool MayExposeCodes(IHostEnvironment environment) =>
        environment.IsDevelopment() || (AllowExposedCodes is { } allowed && environment.IsEnvironment(allowed) && !environment.IsProduction());

    /// <summary>Adds every fault of these options. Which keys must be set depends on the process, and is checked where they are used.</summary>
    public void Check(TimeProvider time, FaultList faults)
    {
        faults.CheckSecretKeys("Otp:CodeKeys", CodeKeys);
        faults.CheckSecretKey("Otp:IndexKey", IndexKey);
        faults.CheckSecretKeys("Otp:Tokens:SigningKeys", Tokens.SigningKeys);
        faults.CheckRange<TimeSpan>("Otp:Tokens:Lifetime", Tokens.Lifetime, TimeSpan.FromSeconds(10), TimeSpan.FromDays(31));
        faults.CheckRange<TimeSpan>("Otp:SessionLifetime", SessionLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        faults.CheckRange<TimeSpan>("Otp:CustomerRetention", CustomerRetention, ShortestRetention, LongestRetention);
        faults.AddIf(SessionLifetime > CustomerRetention, "Otp:SessionLifetime: a session ends with its customer, who is kept for less (Otp:CustomerRetention).");
        faults.CheckRange<TimeSpan>("Otp:MemberRetention", MemberRetention, ShortestRetention, LongestRetention);
        faults.CheckRange<TimeSpan>("Otp:DrainTime", DrainTime, TimeSpan.Zero, LongestDrain);
        faults.CheckRange<int>("Otp:MaxConnections", MaxConnections, 10, 1_000_000);
        faults.CheckEach("Otp:Proxies", Proxies, static (setting, proxy) => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _)
            ? null
            : $"{setting}: '{proxy}' is neither an IP address nor a network like 10.0.0.0/8.");
        Cluster.Check("Otp:Cluster", faults);
        Limits.Check("Otp:Limits", faults);
        Policy.Check("Otp:Policy", faults);
        Lockout.Check("Otp:Lockout", faults);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var (id, program) in Programs)
        {
            program.Check(id, this, today, faults);
        }
    }
}

/// <summary>Where silos run, in a cluster on Redis.</summary>
public enum Topology
{
    /// <summary>Gateways are clients; silos are processes of their own.</summary>
    Split = 0,

    /// <summary>Every gateway's process hosts a silo too.</summary>
    Combined = 1,

    /// <summary>Silos are processes of their own; gateways are members of the cluster that host no grains of the domain.</summary>
    Member = 2,
}

/// <summary>Access tokens: configuration section <c>Otp:Tokens</c>.</summary>
public sealed class TokenOptions
{
    /// <summary>Keys of HMAC-SHA-256, base64 of at least 32 bytes each: the first signs, all are accepted. Only gateways need them.</summary>
    public List<string> SigningKeys { get; set; } = [];

    /// <summary>How long one is valid, 10 s to 31 days.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(30);
}

/// <summary>Where providers report what becomes of messages: configuration section <c>Otp:Receipts</c>.</summary>
public sealed class ReceiptOptions
{
    /// <summary>The address at which providers reach the gateways, such as <c>https://otp.example.com</c>; null where they are asked for no reports. Only silos need it.</summary>
    public string? BaseUrl { get; set; }
}

/// <summary>Where a gateway records who did what.</summary>
public sealed class AuditOptions
{
    /// <summary>The file that a gateway appends to, one JSON object a line; null for none. Each gateway has its own.</summary>
    public string? Path { get; set; }
}

/// <summary>The operators' own listener: configuration section <c>Otp:Management</c>.</summary>
public sealed class ManagementOptions
{
    /// <summary>
    /// Where a gateway listens for operators, separated by semicolons as in <c>Urls</c>. Then the public addresses serve the APIs and health
    /// alone; without it they serve everything.
    /// </summary>
    public string? Urls { get; set; }
}
