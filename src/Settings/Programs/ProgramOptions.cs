namespace Otp.Programs;

/// <summary>One tenant: configuration section <c>Otp:Programs:{id}</c>.</summary>
public sealed class ProgramOptions
{
    /// <summary>What messages call the program; its id where empty.</summary>
    public string? Name { get; set; }

    /// <summary>The region (ISO 3166-1 alpha-2) that national phone numbers are read in; without one they are refused.</summary>
    public string? DefaultRegion { get; set; }

    /// <summary>The callers of the API, by client id. An id belongs to one program only.</summary>
    public Dictionary<string, ClientOptions> Clients { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Whether a code asked for with an e-mail address that no member has goes to that address itself.</summary>
    public bool AllowUnregistered { get; set; }

    /// <summary>What this program sets instead of the service's policy.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>What a purpose sets instead of the program's policy.</summary>
    public Dictionary<Purpose, PolicyOptions> Purposes { get; set; } = [];

    /// <summary>What this program sets instead of the service's lockout.</summary>
    public LockoutOptions Lockout { get; set; } = new();

    /// <summary>Targets whose code is fixed and never delivered.</summary>
    public List<TestTargetOptions> TestTargets { get; set; } = [];

    /// <summary>How many sends one gateway takes for this program, instead of <see cref="LimitOptions.SendsPerProgram"/>.</summary>
    public RateOptions? SendRate { get; set; }

    /// <summary>Which providers deliver, in order; an unset channel uses the service's.</summary>
    public ChannelProviders Delivery { get; set; } = new();

    /// <summary>Who messages come from; an unset channel uses the provider's own sender.</summary>
    public SenderOptions Sender { get; set; } = new();

    /// <summary>The host name of the site where codes are entered: an SMS is bound to it, and phones fill the code in only there.</summary>
    public string? Domain { get; set; }

    /// <summary>Messages of the program's own, by purpose or <see cref="PurposeTemplates.Default"/>.</summary>
    public Dictionary<string, PurposeTemplates> Templates { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
