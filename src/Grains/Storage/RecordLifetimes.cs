using Otp.Programs;

namespace Otp.Storage;

/// <summary>
/// The storages by name. They lead to the same records and differ in how long they keep one, because a storage of Orleans has one expiry.
/// <see cref="RecordStorage.KeepingUntil"/> chooses one by how long the owner of the record needs it.
/// </summary>
public static class RecordLifetimes
{
    // How much longer a record is kept than its lifetime, because the clocks of two silos differ.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>How long each storage promises to keep a record. They cover the longest window, code, lockout and retention that settings allow.</summary>
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

    /// <summary>When a storage may delete a record after a write: whole seconds, because Redis' <c>EXPIRE</c> takes no fractions.</summary>
    public static TimeSpan ExpiryOf(TimeSpan lifetime) => TimeSpan.FromSeconds(Math.Ceiling((lifetime + Margin).TotalSeconds));
}
