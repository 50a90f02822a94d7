using Orleans.Concurrency;
using Otp.Programs;
using Otp.Targets;
using Otp.Telemetry;

namespace Otp.Events;

/// <summary>
/// Delivers the events of a share of a program's targets. What it must not lose is durable (<see cref="ExpectedTargets"/>,
/// <see cref="ParkedEvents"/>, the records of the targets); when to try again is in memory alone.
/// </summary>
/// <remarks>
/// Calls are answered while events are posted. Every silo wakes every outbox now and then, so that one whose calls go elsewhere since the
/// membership has changed knows it by their absence, and ends.
/// </remarks>
[Reentrant]
[GrainType(TypeName)]
public sealed partial class EventOutboxGrain(EventServices services) : Grain, IEventOutboxGrain
{
    public const string TypeName = "event-outbox";

    /// <summary>How many targets of a shard are served at once.</summary>
    internal const int Parallelism = 4;

    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(30);

    // A target is announced beside its write. One without events may be about to have them, for as long as a call lasts.
    private static readonly TimeSpan CallLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WriteDelay = TimeSpan.FromSeconds(5);

    // That a target is expected no longer goes with the write of the next one that is, or at last alone.
    private static readonly TimeSpan RemovalDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FaultDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<ExpectedTarget, long> _due = new();
    private readonly EndpointCondition _endpoint = new();
    private string _programId = "";
    private ExpectedTargets _targets = null!;
    private ParkedEvents _parked = null!;
    private IGrainTimer _timer = null!;
    private int _served;
    private long _calledAt;
    private long _removalDue = long.MaxValue;
    private long _faultLoggedAt;
    private bool _isStopped;

    private long Now => services.Time.GetUtcNow().UtcTicks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _programId = EventShards.ProgramOf(key);
        _parked = new ParkedEvents(key, services.Storage, services.Time);
        _targets = new ExpectedTargets(this.GetGrainId(), services.Storage, services.Time, target =>
        {
            EventMetrics.CountWaiting(_programId, 1);
            _due.Enqueue(target, Now);
        });
        _timer = this.RegisterGrainTimer(
            _ => GoOnAsync(), new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _isStopped = true;
        EventMetrics.CountWaiting(_programId, -_targets.Count);
        return Task.CompletedTask;
    }

    public async Task Expect(string targetKey)
    {
        _calledAt = Now;
        await _targets.AddAsync(targetKey);
        _ = ServeNextAsync();
    }

    public async Task Wake()
    {
        _calledAt = Now;
        await _targets.ReadAsync();
        Serve();
    }

    private async Task GoOnAsync()
    {
        if (Now >= _removalDue)
        {
            _removalDue = long.MaxValue;
            await WriteRemovalsAsync();
        }

        Serve();
    }

    private async Task WriteRemovalsAsync()
    {
        try
        {
            await (_targets.HasRemovals ? _targets.WriteAsync() : Task.CompletedTask);
        }
        catch (OrleansException exception)
        {
            NoteFault(exception);
        }
    }

    // Whoever announces a target is answered first: a caller waits for that.
    private async Task ServeNextAsync()
    {
        await Task.Yield();
        Serve();
    }

    private void Serve()
    {
        if (_isStopped || services.FindEndpoint(_programId) is not { } program)
        {
            return;
        }

        if (Now - _calledAt >= IdleLimit.Ticks)
        {
            DeactivateOnIdle();
            return;
        }

        while (_served < (_endpoint.IsAway ? 1 : Parallelism) && _due.TryPeek(out var target, out var due) && due <= Now)
        {
            _due.Dequeue();
            if (_endpoint.AwayUntil > Now && !IsOver(target.Since))
            {
                _due.Enqueue(target, _endpoint.AwayUntil);
                continue;
            }

            _served++;
            _ = ServeAsync(program, target);
        }

        SetTimer();
    }

    // What is due now and not served waits for what is served: that goes on here when it ends.
    private void SetTimer()
    {
        var next = Math.Min(_removalDue, _due.TryPeek(out _, out var due) && due > Now ? due : long.MaxValue);
        if (next != long.MaxValue)
        {
            _timer.Change(TimeSpan.FromTicks(Math.Max(next - Now, TimeSpan.TicksPerMillisecond)), Timeout.InfiniteTimeSpan);
        }
    }

    private async Task ServeAsync(OtpProgram program, ExpectedTarget target)
    {
        TimeSpan? delay;
        try
        {
            delay = await DeliverAsync(program, target);
        }
        catch (Exception exception)
        {
            NoteFault(exception);
            delay = FaultDelay;
        }

        _served--;
        if (_isStopped)
        {
            return;
        }

        if (delay is null && target.Expectations == target.Asked)
        {
            EventMetrics.CountWaiting(_programId, -1);
            _targets.Remove(target);
            _removalDue = Math.Min(_removalDue, Now + RemovalDelay.Ticks);
        }
        else
        {
            _due.Enqueue(target, Now + (delay ?? TimeSpan.Zero).Ticks);
        }

        Serve();
    }

    // How long until the target is served again; null if it has no events and is not about to have any.
    private async Task<TimeSpan?> DeliverAsync(OtpProgram program, ExpectedTarget target)
    {
        var grain = GrainFactory.GetGrain<ITargetGrain>(target.Key);
        while (true)
        {
            target.Asked = target.Expectations;
            var erasures = _erasures;
            if (await grain.NextEvent(target.Through) is not { } next)
            {
                target.Clear();
                return target.Expectations != target.Asked ? TimeSpan.Zero
                    : target.HadEvents || Now - target.ExpectedAt >= CallLimit.Ticks ? null
                    : WriteDelay;
            }

            // An address that is not registered has a decoy, which behaves as a target does, and nobody is told of it.
            if (!TargetIndex.IsDecoy(target.Key) && await PostAsync(program, target, next, erasures) is { } delay)
            {
                return delay;
            }

            target.Settle(next.At);
        }
    }

    // Null once the event is delivered or parked; otherwise how long until the next attempt.
    private async Task<TimeSpan?> PostAsync(OtpProgram program, ExpectedTarget target, PendingEvent next, int erasures)
    {
        if (_endpoint.AwayUntil > Now && !IsOver(next.At))
        {
            // The target was served for the sake of an older event.
            return TimeSpan.FromTicks(_endpoint.AwayUntil - Now);
        }

        var failure = _endpoint.IsAway && IsOver(next.At) ? "expired" : await TryPostAsync(program, target.Key, next);
        if (failure is not null)
        {
            if (failure != EventSender.Gone && !IsOver(next.At))
            {
                var delay = services.DelayAfter(++target.Failures);
                LogRefused(services.Logger, _programId, EventTypes.NameOf(next.Type), failure, delay);
                return delay;
            }

            if (erasures != _erasures)
            {
                // A target was erased since this one was asked: if it was this one, it has forgotten the event.
                return TimeSpan.Zero;
            }

            await ParkAsync(target.Key, next, failure);
        }

        return null;
    }

    private async Task<string?> TryPostAsync(OtpProgram program, string targetKey, PendingEvent posted)
    {
        var failure = await services.Sender.PostAsync(program, targetKey, posted);
        if (_endpoint.Note(isTaken: failure is null, Now))
        {
            if (failure is null)
            {
                LogBack(services.Logger, _programId);
            }
            else
            {
                LogAway(services.Logger, _programId, failure, EndpointCondition.LongestPause);
            }
        }

        return failure;
    }

    private void NoteFault(Exception fault)
    {
        if (Now - _faultLoggedAt >= LogInterval.Ticks)
        {
            _faultLoggedAt = Now;
            LogFailed(services.Logger, _programId, fault.GetType().FullName);
        }
    }

    private bool IsOver(long at) => Now - at >= EventRules.RetryPeriod.Ticks;
}
