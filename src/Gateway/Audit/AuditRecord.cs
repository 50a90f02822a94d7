namespace Otp.Gateway.Audit;

/// <summary>What endpoints tell the audit of the request that they serve.</summary>
internal sealed class AuditRecord
{
    /// <summary>Whom it is about: the key of a grain, which holds a keyed hash.</summary>
    public string? GrainKey { get; set; }

    /// <summary>How it ended for the domain, in one word; null if it did not come that far.</summary>
    public string? Outcome { get; set; }

    /// <summary>The client that proved who it is, where no token says so.</summary>
    public ApiClient? Client { get; set; }

    /// <summary>The client that somebody said to be, without proving it.</summary>
    public ProgramClient? ClaimedClient { get; set; }

    /// <summary>The record of a request; null where nobody audits.</summary>
    public static AuditRecord? Of(HttpContext context) => context.Features.Get<AuditRecord>();
}
