using Microsoft.Extensions.Logging;
using Otp.Programs;
using Otp.Storage;
using Otp.Telemetry;

namespace Otp.Fraud;

/// <summary>
/// Asks <see cref="PrefixRules"/> for a decision and writes it where it must be durable; most sends are accepted from a lease that was written
/// before. It stays in memory for as long as it counts anything.
/// </summary>
[CollectionAgeLimit(Hours = 2)]
[GrainType(TypeName)]
public sealed partial class PrefixGrain(ProgramCatalog programs, RecordStorage storage, TimeProvider time, ILogger<PrefixGrain> logger) : Grain, IPrefixGrain
{
    public const string TypeName = "prefix";

    // A gateway makes its attempts, and a provider refuses a message, within seconds.
    private const int RememberedMinutes = 1;

    private readonly Dictionary<Guid, int> _reservations = [];
    private StoredRecord<PrefixState> _record = null!;
    private string _program = "";
    private string _prefix = "";
    private int _minute;

    private long Now => time.GetUtcNow().UtcTicks;

    // Null where this silo's settings guard nothing, or no longer.
    private PrefixRules? Rules => programs.Current.Get(_program).FraudGuard is { } guard ? new PrefixRules(guard) : null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_program, _prefix) = PrefixKey.Read(this.GetPrimaryKeyString());
        _record = new StoredRecord<PrefixState>(storage, this.GetGrainId(), PrefixState.Empty, PrefixRules.NeededUntil);
        return Task.CompletedTask;
    }

    /// <summary>Stores what is in memory alone. If that fails, the next activation counts the whole lease.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_record is { RecordExists: true, State.IsOwn: true })
        {
            await _record.TryCommitAsync(PrefixRules.Close(_record.State, Now));
        }
    }

    public async Task<int?> Reserve(Guid send)
    {
        if (Rules is not { } rules)
        {
            return PrefixRules.MinuteOf(Now);
        }

        ForgetReservations();
        if (_reservations.TryGetValue(send, out var known))
        {
            return known;
        }

        PrefixDecision decision;
        BlockedPrefix? blocked;
        do
        {
            decision = rules.Reserve(_record.State, Now);
            blocked = decision.Blocks ? Blocked(decision.State) : null;
            if (blocked is not null)
            {
                // First: a block that is in force is on the list.
                await GrainFactory.GetGrain<IBlockedPrefixesGrain>(_program).Add(blocked);
            }
        }
        while (!await TryCommitAsync(decision));

        if (blocked is not null)
        {
            Announce(blocked);
        }

        if (decision.Minute is { } minute)
        {
            _reservations[send] = minute;
        }

        return decision.Minute;
    }

    public async Task Release(Guid send)
    {
        if (_reservations.Remove(send, out var minute))
        {
            while (!await TryCommitAsync(PrefixRules.Release(_record.State, minute, Now)))
            {
                // Another activation wrote.
            }
        }
    }

    public async Task Convert(int minute)
    {
        if (Rules is { } rules)
        {
            while (!await TryCommitAsync(rules.Convert(_record.State, minute, Now)))
            {
                // Another activation wrote, or the record was not read yet.
            }
        }
    }

    public async Task<PrefixReport> Inspect()
    {
        await _record.EnsureCurrentAsync();
        return PrefixRules.Report(_record.State, Now);
    }

    public async Task Unblock()
    {
        await _record.ReadAsync();
        var wasBlocked = _record.State.BlockedUntil > Now;
        if (_record.RecordExists)
        {
            await _record.ClearAsync();
        }

        _record.State = PrefixState.Empty;
        await GrainFactory.GetGrain<IBlockedPrefixesGrain>(_program).Remove(_prefix);
        if (wasBlocked)
        {
            LogUnblocked(_prefix, _program);
        }
    }

    private async ValueTask<bool> TryCommitAsync(PrefixDecision decision)
    {
        if (!await _record.TryCommitAsync(decision.IsDurable ? decision.State : null))
        {
            return false;
        }

        _record.State = decision.State;
        return true;
    }

    private void ForgetReservations()
    {
        var minute = PrefixRules.MinuteOf(Now);
        if (minute == _minute)
        {
            return;
        }

        _minute = minute;
        foreach (var (send, reserved) in _reservations)
        {
            if (reserved < minute - RememberedMinutes)
            {
                _reservations.Remove(send);
            }
        }
    }

    private BlockedPrefix Blocked(PrefixState state)
    {
        var report = PrefixRules.Report(state, Now);
        return new BlockedPrefix(_prefix, time.GetUtcNow(), new DateTimeOffset(state.BlockedUntil, TimeSpan.Zero), report.Sends, report.Conversions);
    }

    // The one place where a block is told to the world.
    private void Announce(BlockedPrefix blocked)
    {
        LogBlocked(_prefix, _program, blocked.BlockedUntil, blocked.Sends, blocked.Conversions);
        FraudMetrics.CountBlock(_program, _prefix);
    }

    [LoggerMessage(1101, LogLevel.Warning, "Prefix {Prefix} of program {Program} is blocked until {Until}: of {Sends} codes in an hour {Conversions} were verified")]
    private partial void LogBlocked(string prefix, string program, DateTimeOffset until, int sends, int conversions);

    [LoggerMessage(1102, LogLevel.Information, "Prefix {Prefix} of program {Program} is open again: an operator has lifted the block")]
    private partial void LogUnblocked(string prefix, string program);
}
