using Orleans.Otp.Keys;

namespace Orleans.Otp.Gateway.Admin;

/// <summary>Whom an act is about, as the audit shows it: the first 64 bits of the keyed hash in the grain's key.</summary>
internal sealed record AuditSubject(string Name)
{
    /// <summary>Notes whom the request is about.</summary>
    public static void Set(HttpContext context, string grainKey) => context.Features.Set(new AuditSubject(HashedKey.ShortNameOf(grainKey)));
}
