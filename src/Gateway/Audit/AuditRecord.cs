using Otp.Telemetry;

namespace Otp.Gateway.Audit;

/// <summary>What endpoints tell the audit of the request that they serve. Where nobody audits there is none, and telling costs nothing.</summary>
internal sealed class AuditRecord
{
    /// <summary>Whom it is about: the key of a grain, which holds a keyed hash.</summary>
    public string? GrainKey { get; private set; }

    /// <summary>How it ended for the domain; null if it did not come that far.</summary>
    public string? Outcome { get; private set; }

    /// <summary>The client that asked for a token and proved who it is.</summary>
    public ApiClient? Client { get; private set; }

    /// <summary>The client that somebody said to be, without proving it.</summary>
    public ProgramClient? ClaimedClient { get; private set; }

    /// <summary>Notes whom the request is about.</summary>
    public static void About(HttpContext context, string grainKey) => context.Features.Get<AuditRecord>()?.GrainKey = grainKey;

    /// <summary>Notes how it ended.</summary>
    public static void Ended<TStatus>(HttpContext context, TStatus status)
        where TStatus : struct, Enum =>
        Ended(context, TagValues.Of(status));

    /// <summary>Notes how it ended, in one word.</summary>
    public static void Ended(HttpContext context, string outcome) => context.Features.Get<AuditRecord>()?.Outcome = outcome;

    /// <summary>Notes who asked, where no token says so.</summary>
    public static void By(HttpContext context, ApiClient client) => context.Features.Get<AuditRecord>()?.Client = client;

    /// <summary>Notes who the caller said to be, but did not prove.</summary>
    public static void ClaimedBy(HttpContext context, ProgramClient client) => context.Features.Get<AuditRecord>()?.ClaimedClient = client;
}
