using Otp.Targets;

namespace Otp.Programs;

/// <summary>One tenant: configuration section <c>Otp:Programs:{id}</c>.</summary>
public sealed class ProgramOptions
{
    /// <summary>The program's name in messages; its id where empty.</summary>
    public string? Name { get; set; }

    /// <summary>The region (ISO 3166-1 alpha-2) that national phone numbers are read in; without one they are refused.</summary>
    public string? DefaultRegion { get; set; }

    /// <summary>The callers of the API, by client id. An id belongs to one program only.</summary>
    public Dictionary<string, ClientOptions> Clients { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The program as a service of the Verify surface.</summary>
    public VerifyOptions Verify { get; set; } = new();

    /// <summary>Whether a code asked for with an e-mail address that no member has goes to that address itself.</summary>
    public bool AllowUnregistered { get; set; }

    /// <summary>Which e-mail addresses count as one mailbox. Messages go to the address as written; all else belongs to the mailbox.</summary>
    public MailboxAliases MailboxAliases { get; set; }

    /// <summary>What this program sets instead of the service's policy.</summary>
    public PolicyOptions Policy { get; set; } = new();

    /// <summary>What a purpose sets instead of the program's policy.</summary>
    public Dictionary<Purpose, PolicyOptions> Purposes { get; set; } = [];

    /// <summary>What this program sets instead of the service's lockout.</summary>
    public LockoutOptions Lockout { get; set; } = new();

    /// <summary>Targets whose code is fixed and never delivered.</summary>
    public List<TestTargetOptions> TestTargets { get; set; } = [];

    /// <summary>The guard against SMS pumping.</summary>
    public FraudGuardOptions FraudGuard { get; set; } = new();

    /// <summary>How many sends one gateway takes for this program, instead of <see cref="LimitOptions.SendsPerProgram"/>.</summary>
    public RateOptions? SendRate { get; set; }

    /// <summary>Which providers deliver, in order; an unset channel uses the service's.</summary>
    public ChannelProviders Delivery { get; set; } = new();

    /// <summary>The senders of messages; an unset channel uses the provider's own.</summary>
    public SenderOptions Sender { get; set; } = new();

    /// <summary>Where the program is told what happens to its targets.</summary>
    public EventOptions Events { get; set; } = new();

    /// <summary>The host name of the site where codes are entered: an SMS is bound to it, and phones fill the code in only there.</summary>
    public string? Domain { get; set; }

    /// <summary>Messages of the program's own, by purpose or <see cref="PurposeTemplates.Default"/>.</summary>
    public Dictionary<string, PurposeTemplates> Templates { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The policy of each purpose: purpose over program over service over the defaults.</summary>
    internal IEnumerable<(Purpose Purpose, Policy Policy)> Policies(OtpOptions service)
    {
        var policy = Programs.Policy.Default.With(service.Policy).With(Policy);
        return Enum.GetValues<Purpose>().Select(purpose => (purpose, Purposes.TryGetValue(purpose, out var own) ? policy.With(own) : policy));
    }

    internal void Check(string id, OtpOptions service, DateOnly today, FaultList faults)
    {
        var path = $"{OtpOptions.Section}:Programs:{id}";
        faults.AddIf(!FaultList.IsName(id), $"{path}: a program id is 1–32 ASCII letters, digits, '_' and '-'.");
        if (DefaultRegion is { } region && PolicyOptions.FaultOfRegion($"{path}:DefaultRegion", region) is { } fault)
        {
            faults.Add(fault);
        }

        Policy.Check($"{path}:Policy", faults);
        Lockout.Check($"{path}:Lockout", faults);
        FraudGuard.Check($"{path}:FraudGuard", faults);
        SendRate?.Check($"{path}:SendRate", faults);
        foreach (var (purpose, policy) in Purposes)
        {
            policy.Check($"{path}:Purposes:{purpose}", faults);
        }

        foreach (var (client, options) in Clients)
        {
            options.Check($"{path}:Clients:{client}", client, faults);
            faults.AddIf(
                service.Programs.Any(p => string.CompareOrdinal(p.Key, id) < 0 && p.Value.Clients.ContainsKey(client)),
                $"{path}:Clients:{client}: another program uses the client id too.");
        }

        Verify.Check($"{path}:Verify", id, service, faults);
        for (var i = 0; i < TestTargets.Count; i++)
        {
            TestTargets[i].Check($"{path}:TestTargets:{i}", this, service, today, faults);
        }
    }
}

/// <summary>For each channel the names of the delivery providers, in the order in which they are tried.</summary>
public sealed class ChannelProviders
{
    public List<string>? Email { get; set; }

    public List<string>? Phone { get; set; }

    /// <summary>
    /// Whether a message that its provider reports as undelivered goes to the next provider, once, while its code lives. What that needs of the
    /// person is then kept, sealed, for ten minutes.
    /// </summary>
    public bool HandOverUndelivered { get; set; }
}

/// <summary>The senders of a program's messages, instead of the sender that the provider is set to.</summary>
public sealed class SenderOptions
{
    /// <summary>As <c>otp@example.com</c> or <c>Example &lt;otp@example.com&gt;</c>.</summary>
    public string? Email { get; set; }

    /// <summary>A number (E.164), a short code, a name of up to 11 characters, or the SID of a Twilio messaging service.</summary>
    public string? Phone { get; set; }
}
