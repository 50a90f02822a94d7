using System.Collections.Immutable;
using Otp.Programs;

namespace Otp.Fraud;

/// <summary>
/// Every decision about one prefix, pure and synchronous: whether a send is accepted, and what is counted of the last hour. A send is
/// accepted if the sends that nobody has verified, this one among them, are within the budget, or else if the share of verified ones reaches the
/// floor.
/// </summary>
/// <param name="Guard">The program's guard.</param>
public readonly record struct PrefixRules(FraudGuard Guard)
{
    // A send counts until its minute is an hour old: for an hour at least, and a minute more at most.
    private const int CountedMinutes = 61;

    // The sends of the latest minutes may yet be verified. They are refused as all others, but they alone block nothing.
    private const int PendingMinutes = 3;

    private const int LeasesInBudget = 10;
    private const int LargestLease = 100;

    /// <summary>
    /// How many sends one write allows, and how many conversions one write saves. So many sends at most are counted too many after a crash, and
    /// fewer conversions than that are lost.
    /// </summary>
    public int Lease => Math.Clamp(Guard.Budget / LeasesInBudget, 1, LargestLease);

    /// <summary>Decides a send. Order: block → budget and floor → lease.</summary>
    /// <param name="state">The prefix's state.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public PrefixDecision Reserve(PrefixState state, long now)
    {
        state = Current(state, now);
        if (state.BlockedUntil > now)
        {
            return new PrefixDecision(state);
        }

        var (sends, conversions) = Count(state, int.MaxValue);
        if (!Allows(sends + 1, conversions))
        {
            var (settledSends, settledConversions) = Count(state, MinuteOf(now) - PendingMinutes);
            return Allows(settledSends + 1, settledConversions)
                ? new PrefixDecision(state)
                : new PrefixDecision(state with { BlockedUntil = now + Guard.BlockFor.Ticks, Unsaved = 0 }) { IsDurable = true, Blocks = true };
        }

        var minute = MinuteOf(now);
        var isDurable = state.Leased == 0 || state.LeasedUntil < minute;
        var minutes = Add(state.Minutes, minute, 1);
        var next = isDurable
            ? state with { Minutes = minutes, Leased = Lease - 1, LeasedUntil = minute + CountedMinutes, Unsaved = 0 }
            : state with { Minutes = minutes, Leased = state.Leased - 1 };
        return new PrefixDecision(next) { Minute = minutes[^1].Minute, IsDurable = isDurable };
    }

    /// <summary>Counts a send no longer that was accepted in this minute.</summary>
    public static PrefixDecision Release(PrefixState state, int minute, long now)
    {
        state = Current(state, now);
        return new PrefixDecision(Find(state, minute) is { } counted ? Replace(state, counted, counted with { Sends = counted.Sends - 1 }) : state);
    }

    /// <summary>Counts a send as verified that was accepted in this minute.</summary>
    public PrefixDecision Convert(PrefixState state, int minute, long now)
    {
        state = Current(state, now);
        if (Find(state, minute) is not { } counted)
        {
            return new PrefixDecision(state);
        }

        var isDurable = state.Unsaved + 1 >= Lease;
        var next = Replace(state, counted, counted with { Conversions = counted.Conversions + 1 });
        return new PrefixDecision(next with { Unsaved = isDurable ? 0 : state.Unsaved + 1 }) { IsDurable = isDurable };
    }

    /// <summary>The state as it is to be stored when the activation ends: it accepts nothing more.</summary>
    public static PrefixState Close(PrefixState state, long now) => Current(state, now) with { Leased = 0, Unsaved = 0 };

    /// <summary>What an operator is told.</summary>
    public static PrefixReport Report(PrefixState state, long now)
    {
        state = Current(state, now);
        var (sends, conversions) = Count(state, int.MaxValue);
        return new PrefixReport(sends, conversions, state.BlockedUntil == 0 ? null : new DateTimeOffset(state.BlockedUntil, TimeSpan.Zero));
    }

    /// <summary>Until when a rule needs something of the state, in UTC ticks; 0 for an empty state.</summary>
    public static long NeededUntil(PrefixState state)
    {
        var last = Math.Max(state.Minutes is [.., var latest] ? latest.Minute : 0, state.Leased > 0 ? state.LeasedUntil : 0);
        return Math.Max(state.BlockedUntil, last == 0 ? 0 : (last + CountedMinutes) * TimeSpan.TicksPerMinute);
    }

    /// <summary>The number of a minute.</summary>
    public static int MinuteOf(long ticks) => (int)(ticks / TimeSpan.TicksPerMinute);

    private bool Allows(int sends, int conversions) => sends - conversions <= Guard.Budget || conversions >= Guard.ConversionFloor * sends;

    // What another activation may have accepted is counted where it counts longest. Then what is over is left out.
    private static PrefixState Current(PrefixState state, long now)
    {
        if (!state.IsOwn)
        {
            var minutes = state.Leased > 0 ? Add(state.Minutes, Math.Min(MinuteOf(now), state.LeasedUntil), state.Leased) : state.Minutes;
            state = state with { Minutes = minutes, Leased = 0, IsOwn = true };
        }

        var over = 0;
        while (over < state.Minutes.Length && state.Minutes[over].Minute <= MinuteOf(now) - CountedMinutes)
        {
            over++;
        }

        var isOpen = state.BlockedUntil <= now;
        return over == 0 && (!isOpen || state.BlockedUntil == 0)
            ? state
            : state with { Minutes = state.Minutes.RemoveRange(0, over), BlockedUntil = isOpen ? 0 : state.BlockedUntil };
    }

    private static (int Sends, int Conversions) Count(PrefixState state, int lastMinute)
    {
        var (sends, conversions) = (0, 0);
        foreach (var minute in state.Minutes)
        {
            if (minute.Minute <= lastMinute)
            {
                sends += minute.Sends;
                conversions += minute.Conversions;
            }
        }

        return (sends, conversions);
    }

    // The clock of the silo that counted before may be ahead. Then its latest minute is taken.
    private static ImmutableArray<PrefixMinute> Add(ImmutableArray<PrefixMinute> minutes, int minute, int sends) =>
        minutes is [.., var last] && last.Minute >= minute
            ? minutes.SetItem(minutes.Length - 1, last with { Sends = last.Sends + sends })
            : minutes.Add(new PrefixMinute(minute, sends, Conversions: 0));

    // A minute in which some sends are not verified.
    private static PrefixMinute? Find(PrefixState state, int minute)
    {
        foreach (var counted in state.Minutes)
        {
            if (counted.Minute == minute)
            {
                return counted.Conversions < counted.Sends ? counted : null;
            }
        }

        return null;
    }

    private static PrefixState Replace(PrefixState state, PrefixMinute before, PrefixMinute after) =>
        state with { Minutes = after.Sends == 0 ? state.Minutes.Remove(before) : state.Minutes.Replace(before, after) };
}

/// <summary>A decision about a prefix, before it is written.</summary>
/// <param name="State">The state after it.</param>
public readonly record struct PrefixDecision(PrefixState State)
{
    /// <summary>The minute that an accepted send is counted in; null where none is accepted.</summary>
    public int? Minute { get; init; }

    /// <summary>Whether <see cref="State"/> must be durable before the answer.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Whether the prefix is blocked from now on.</summary>
    public bool Blocks { get; init; }
}
