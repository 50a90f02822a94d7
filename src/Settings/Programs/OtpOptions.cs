namespace Otp.Programs;

/// <summary>The service's settings: configuration section <c>Otp</c>.</summary>
public sealed class OtpOptions
{
    /// <summary>The configuration section that binds to this class.</summary>
    public const string Section = "Otp";

    /// <summary>The part of the section that only silos read, with options of its own.</summary>
    public const string DeliverySection = "Delivery";

    /// <summary>Returns codes in the answer of a send. For development and tests: refused in the Production environment.</summary>
    public bool ExposeCodes { get; set; }

    /// <summary>Keys that codes are derived with, base64 of at least 32 bytes each, the newest first; older ones still verify.</summary>
    public List<string> CodeKeys { get; set; } = [];

    /// <summary>The key that hides targets in storage, base64 of at least 32 bytes. Changing it forgets every target.</summary>
    public string? IndexKey { get; set; }

    /// <summary>Where silos run; without Redis a gateway always hosts one.</summary>
    public Topology Topology { get; set; }

    /// <summary>What the processes of a cluster prove to each other.</summary>
    public ClusterSecurityOptions Cluster { get; set; } = new();

    /// <summary>How long a customer is remembered after its latest sign-in.</summary>
    public TimeSpan CustomerRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long a member is remembered after it was last set or asked for.</summary>
    public TimeSpan MemberRetention { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Access tokens.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>Limits on callers.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>The audit.</summary>
    public AuditOptions Audit { get; set; } = new();

    /// <summary>Addresses, or networks like <c>10.0.0.0/8</c>, of the proxies whose <c>X-Forwarded-For</c> says where a caller is.</summary>
    public List<string> Proxies { get; set; } = [];

    /// <summary>The policy of every program and purpose that does not set its own.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>The lockout of every program that does not set its own.</summary>
    public LockoutOptions Lockout { get; set; } = new();

    /// <summary>Messages for programs that have none of their own, by purpose or <see cref="PurposeTemplates.Default"/>.</summary>
    public Dictionary<string, PurposeTemplates> Templates { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The tenants, by program id: 1–32 ASCII letters, digits, <c>_</c> and <c>-</c>.</summary>
    public Dictionary<string, ProgramOptions> Programs { get; set; } = new(StringComparer.Ordinal);
}
