using System.Collections.Immutable;
using Otp.Programs;
using Otp.Telemetry;

namespace Otp.Events;

/// <summary>What an operator sees of an outbox, and does with what is parked in it.</summary>
public sealed partial class EventOutboxGrain
{
    private bool _isReplaying;
    private long _parkLoggedAt;
    private int _erasures;

    public Task Forget(string targetKey)
    {
        _erasures++;
        return _parked.RemoveAsync(parked => parked.TargetKey == targetKey);
    }

    public async Task<EventOutboxReport> Report()
    {
        await _targets.ReadAsync();
        var parked = await _parked.ReadAsync();
        return new EventOutboxReport(
            _targets.Count,
            _targets.Since is { } since ? Instant(since) : null,
            parked.Length,
            [.. parked.Take(EventOutboxReport.MostParked).Select(ReportOf)],
            services.FindEndpoint(_programId) is not null);
    }

    public async Task<int> Replay()
    {
        var parked = await _parked.ReadAsync();
        if (services.FindEndpoint(_programId) is not { } program)
        {
            return 0;
        }

        if (!_isReplaying)
        {
            _isReplaying = true;
            _ = ReplayAsync(program, parked);
        }

        return parked.Length;
    }

    // In the order in which they were parked, one after the other, until the endpoint turns out to be away.
    private async Task ReplayAsync(OtpProgram program, ImmutableArray<ParkedEvent> parked)
    {
        try
        {
            foreach (var next in parked)
            {
                if (!(await _parked.ReadAsync()).Contains(next))
                {
                    // Its target was erased.
                    continue;
                }

                var failure = await TryPostAsync(program, next.TargetKey, next.Event);
                await (failure is null ? _parked.RemoveAsync(p => p.Names(next.TargetKey, next.Event.At)) : _parked.NoteAsync(next, failure));
                if (_endpoint.IsAway)
                {
                    break;
                }
            }
        }
        catch (Exception exception)
        {
            NoteFault(exception);
        }

        _isReplaying = false;
        Serve();
    }

    private async Task ParkAsync(string targetKey, PendingEvent parked, string failure)
    {
        var lost = await _parked.ParkAsync(targetKey, parked, failure);
        EventMetrics.CountParked(_programId);
        if (Now - _parkLoggedAt >= LogInterval.Ticks)
        {
            _parkLoggedAt = Now;
            LogParked(services.Logger, _programId, EventTypes.NameOf(parked.Type), failure);
        }

        if (lost > 0)
        {
            EventMetrics.CountDropped(_programId, lost);
            LogLost(services.Logger, lost, _programId);
        }
    }

    private ParkedEventReport ReportOf(ParkedEvent parked) => new(
        services.Records.IdOf(parked.TargetKey, parked.Event),
        parked.Event.Type,
        Instant(parked.Event.At),
        Instant(parked.ParkedAt),
        EventRecords.SubjectOf(parked.TargetKey),
        parked.Failure);

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
