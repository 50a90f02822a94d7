using Otp.Programs;

namespace Otp.Storage;

/// <summary>
/// The storages by name. They lead to the same records and differ in one thing, how long a record is kept after a write: a storage of
/// Microsoft Orleans has one expiry for all that is written through it.
/// </summary>
public static class RecordLifetimes
{
    // What a record is kept beyond its lifetime, because the clocks of two silos differ.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>How long each storage promises to keep a record. The longest window, code, lockout and retention that settings can have fit in.</summary>
    public static IReadOnlyList<(string Name, Func<OtpOptions, TimeSpan> Lifetime)> All { get; } =
    [
        ("hour", static _ => TimeSpan.FromHours(1)),
        ("day", static _ => TimeSpan.FromDays(1)),
        ("week", static _ => TimeSpan.FromDays(7)),
        ("month", static _ => TimeSpan.FromDays(31)),
        ("year", static _ => TimeSpan.FromDays(366)),
        ("customers", static options => options.CustomerRetention),
        ("members", static options => options.MemberRetention),
    ];

    /// <summary>After which time a storage may delete what was written. Whole seconds, because Redis' <c>EXPIRE</c> takes no others.</summary>
    public static TimeSpan ExpiryOf(TimeSpan lifetime) => TimeSpan.FromSeconds(Math.Ceiling((lifetime + Margin).TotalSeconds));
}
