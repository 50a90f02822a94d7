using Orleans.Concurrency;
using Otp.Customers;
using Otp.Delivery;
using Otp.Fraud;
using Otp.Programs;
using Otp.Storage;
using Otp.Telemetry;

namespace Otp.Targets;

/// <summary>
/// Asks <see cref="TargetRules"/> for a decision, writes it, delivers and answers. It answers and delivers nothing before the write. If
/// another activation has written meanwhile, it reads the record and decides again.
/// </summary>
/// <remarks>
/// Calls come in one at a time, but other calls are served while a message is under way: a slow provider keeps nobody from verifying.
/// </remarks>
[Reentrant]
[GrainType("target")]
public sealed partial class TargetGrain(TargetServices services) : Grain, ITargetGrain
{
    private static readonly TimeSpan NearDeadline = TimeSpan.FromMinutes(1);

    private ProgramSet? _programs;
    private TargetRules _rules;
    private StoredRecord<TargetState> _record = null!;
    private readonly GrainLock _lock = new();
    private List<MessageUnderWay>? _underWay;
    private IGrainTimer? _timer;
    private long _timerDue = long.MaxValue;
    private RepeatedCalls? _repeated;
    private bool _isDecoy;

    private string Key => this.GetPrimaryKeyString();

    private long Now => services.Time.GetUtcNow().UtcTicks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _record = new StoredRecord<TargetState>(services.Storage, this.GetGrainId(), TargetState.Empty, state => _rules.NeededUntil(state));
        _isDecoy = TargetIndex.IsDecoy(Key);
        return Task.CompletedTask;
    }

    public async Task<SendOutcome> Send(SendRequest request)
    {
        using var inside = await _lock.EnterAsync();
        return Known<SendOutcome>(request.Attempt) ?? Answered(request.Attempt, await SendOnce(request));
    }

    public async Task<VerifyOutcome> Verify(VerifyRequest request)
    {
        using var inside = await _lock.EnterAsync();
        return Known<VerifyOutcome>(request.Attempt) ?? Answered(request.Attempt, await VerifyOnce(request));
    }

    public async Task<Identity?> FindSession(SessionQuery query)
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.EnsureCurrentAsync();
        var customer = _rules.Forget(_record.State, Now).Customer;
        ForgetLater();
        return customer is null ? null : services.SignIn.Find(customer, Key, query);
    }

    public async Task EndSession(SessionQuery query)
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.ReadAsync();
        TargetState? change;
        do
        {
            change = _record.State.Customer is { } customer && services.SignIn.End(customer, query) is var left && !ReferenceEquals(left, customer)
                ? _record.State with { Customer = left }
                : null;
        }
        while (!await _record.TryCommitAsync(change));

        ForgetLater();
    }

    public async Task<TargetReport> Inspect()
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.EnsureCurrentAsync();
        var report = TargetInspection.Report(_rules, services.Codes.Forget(_record.State), Now);
        ForgetLater();
        return report;
    }

    public async Task<bool> Unlock()
    {
        using var inside = await _lock.EnterAsync();
        ReadRules();
        await _record.ReadAsync();
        TargetState before;
        TargetState after;
        do
        {
            before = _rules.Forget(_record.State, Now);
            after = TargetInspection.Unlock(before);
        }
        while (!await _record.TryCommitAsync(ReferenceEquals(before, after) ? null : after));

        ForgetLater();
        return before.LockedUntil != 0;
    }

    private async Task<SendOutcome> SendOnce(SendRequest request)
    {
        // An attempt that comes while another one's message is under way gets the same answer.
        while (FindUnderWay(request.Operation.Id) is { } message)
        {
            await _lock.OutsideAsync(message.Ended.Task);
        }

        ReadRules();
        if (!_rules.Program.Allows(request.Target, request.Purpose, Now) && !_isDecoy)
        {
            ForgetLater();
            TargetMetrics.CountSend(_rules.Program.Id, request.Target, TagValues.Of(SendStatus.TargetNotAllowed));
            return new SendOutcome(SendStatus.TargetNotAllowed);
        }

        if (request.IsDiscreet)
        {
            await _record.ReadAsync();
        }

        var test = services.FindTest(_rules.Program, request.Target, request.Purpose);
        var guarded = _isDecoy || test is not null ? null : GuardedSend.Of(GrainFactory, _rules.Program, request, Key);
        if (guarded is not null)
        {
            // A prefix counts a send before it is written: not one that the record knows, or refuses.
            await _record.EnsureCurrentAsync();
        }

        SendDecision decision;
        bool isRefused;
        do
        {
            var fresh = (services.NextNonce(), services.Codes.CurrentKeyId);
            var terms = services.Verifications.TermsOf(request, _rules.Program, Key, fresh);
            decision = services.Receipts.Keep(
                _rules.Send(services.Codes.Forget(_record.State), request.Purpose, request.Operation, fresh, Now, terms), request, _rules.Program, Key);
            decision = guarded is null ? decision : await guarded.ReserveAsync(decision, _record.State);
            isRefused = guarded is not null && decision is { Deliver: true, Code.CountedIn: 0 };
            decision = isRefused ? decision : WithEvents(decision, request);
        }
        while (!await TryCommitAsync(decision.IsChanged ? decision.State : null));

        var status = decision.Status;
        var digits = decision.Code is { } code ? test?.Code ?? services.Codes.Derive(code, _rules.Program.Id, _rules.Program.MailboxOf(request.Target)) : null;
        if (decision.Deliver)
        {
            ForgetLater();
            var outcome = await DeliverOutsideAsync(decision.Operation!, request, decision.Code!, digits!, test, isRefused);
            status = await SettleAsync(decision.Operation!, request, decision.Code!, outcome, isTold: !isRefused);
        }

        guarded?.End(decision, status);
        ForgetLater();
        TargetMetrics.CountSend(_rules.Program.Id, request.Target, OutcomeOf(decision, status, isRefused));
        var limit = _rules.Usage(_record.State, request.Purpose, Now);
        var isSent = status == SendStatus.Sent;
        var verification = isSent && request.Verification is not null ? services.Verifications.Report(decision, request.Operation, _rules, Key) : null;
        return new SendOutcome(status, decision.RetryAfter, limit, services.ExposeCodes && isSent ? digits : null, verification);
    }

    private async Task<VerifyOutcome> VerifyOnce(VerifyRequest request)
    {
        ReadRules();
        if (request.IsDiscreet)
        {
            await _record.ReadAsync();
        }

        var isMeant = request.Verification is { Sid: { } sid } ? code => services.Verifications.IsMeant(code, sid) : (Func<LiveCode, bool>?)null;
        TargetState before;
        VerifyDecision decision;
        do
        {
            before = services.Codes.Forget(_record.State);
            decision = _rules.Verify(
                before,
                request.Purpose,
                request.Operation,
                code => services.Matches(code, _rules.Program, request) & !_isDecoy,
                Now,
                isMeant);
            if (decision is { IsChanged: true, Status: VerifyStatus.Verified, Operation: { } verified } && request.SignIn is { } signIn)
            {
                var customer = services.SignIn.Open(decision.State.Customer, Key, request.Target, signIn.Name, verified.Nonce, verified.At);
                decision = decision with { State = decision.State with { Customer = customer } };
            }

            decision = WithEvents(decision, request);
        }
        while (!await TryCommitAsync(decision.IsChanged ? decision.State : null));

        GuardedSend.Convert(GrainFactory, _rules.Program, request.Target, decision.Verified);
        ForgetLater();
        var outcome = decision.IsRepeat ? TargetMetrics.Replayed : TagValues.Of(decision.Status);
        TargetMetrics.CountVerify(_rules.Program.Id, request.Target, outcome);
        var signedIn = decision is { Status: VerifyStatus.Verified, Operation: { } known } && request.SignIn is not null
            ? services.SignIn.ResultOf(_record.State.Customer!, Key, known.Nonce, known.At)
            : null;
        return request.Verification is null
            ? new VerifyOutcome(decision.Status, signedIn)
            : services.Verifications.Complete(new VerifyOutcome(decision.Status, signedIn), decision, before, request.Purpose, _rules, Key, Now);
    }

    // A first attempt has no other attempt beside it.
    private TOutcome? Known<TOutcome>(Attempt attempt)
        where TOutcome : class
    {
        if (attempt.Number > 0)
        {
            _repeated ??= new RepeatedCalls();
        }

        return _repeated?.Find<TOutcome>(attempt.Call);
    }

    private TOutcome Answered<TOutcome>(Attempt attempt, TOutcome outcome)
        where TOutcome : class
    {
        if (attempt.Number > 0)
        {
            _repeated!.Add(attempt.Call, outcome, Now);
        }

        return outcome;
    }

    // Each call uses the rules in force, because the configuration may have changed. The timer uses those of the latest call.
    private void ReadRules()
    {
        var programs = services.Programs;
        if (!ReferenceEquals(programs, _programs))
        {
            _rules = services.RulesOf(programs, Key);
            _programs = programs;
        }
    }

    // Other calls are served meanwhile.
    private async Task<DeliveryOutcome> DeliverOutsideAsync(
        CompletedOperation send, SendRequest request, LiveCode code, string digits, TestTarget? test = null, bool isRefused = false, string? after = null)
    {
        var message = new MessageUnderWay(send.Id);
        (_underWay ??= []).Add(message);
        try
        {
            return await _lock.OutsideAsync(DeliverAsync(send, request, code, digits, test, isRefused, after));
        }
        finally
        {
            _underWay.Remove(message);
            _underWay = _underWay.Count == 0 ? null : _underWay;
            message.Ended.SetResult(true);
        }
    }

    private MessageUnderWay? FindUnderWay(Guid operation)
    {
        for (var i = 0; i < _underWay?.Count; i++)
        {
            if (_underWay[i].Operation == operation)
            {
                return _underWay[i];
            }
        }

        return null;
    }

    private async Task<DeliveryOutcome> DeliverAsync(
        CompletedOperation send, SendRequest request, LiveCode code, string digits, TestTarget? test, bool isRefused, string? after)
    {
        var pretends = _isDecoy || isRefused;
        if (pretends || test is not null)
        {
            var verdict = pretends ? await services.Delivery.PretendAsync(_rules.Program, request.Target.Channel) : DeliveryVerdict.Taken;
            return new DeliveryOutcome(verdict, Provider: null);
        }

        var receipt = services.Receipts.AddressOf(Key, send);
        return await services.Delivery.DeliverAsync(
            _rules.Program, request, digits, new DateTimeOffset(code.ExpiresAt, TimeSpan.Zero), ChannelOf(request, code), receipt, after);
    }

    private async Task<SendStatus> SettleAsync(CompletedOperation send, SendRequest request, LiveCode code, DeliveryOutcome outcome, bool isTold)
    {
        if (outcome.IsDelivered)
        {
            _record.State = TargetRules.Delivered(_record.State, send, AnswerOf(send, outcome));
            return SendStatus.Sent;
        }

        var isUnreachable = outcome.Verdict == DeliveryVerdict.Unreachable;
        TargetState change;
        do
        {
            change = _rules.Undelivered(_record.State, send, isUnreachable, Now);
            change = isTold ? WithFailure(change, send, request, code, isUnreachable) : change;
        }
        while (!await TryCommitAsync(ReferenceEquals(change, _record.State) ? null : change));

        return !TargetRules.IsWithdrawn(_record.State, send) ? SendStatus.Sent
            : isUnreachable ? SendStatus.Undeliverable
            : SendStatus.DeliveryFailed;
    }

    // A repeat that delivers counts as the send itself: the silo that began the send was lost before it counted it.
    private string OutcomeOf(SendDecision decision, SendStatus status, bool isRefused) =>
        decision is { IsRepeat: true, Deliver: false } ? TargetMetrics.Replayed
        : _isDecoy && status is SendStatus.Sent or SendStatus.DeliveryFailed or SendStatus.Undeliverable ? TargetMetrics.Unregistered
        : TagValues.Of(isRefused ? SendStatus.PrefixBlocked : status);

    // One timer, for the earliest deadline, and only if it is near: a timer costs half as much memory as the grain, and the collector comes
    // for an idle grain anyway. If the deadline moves back, the timer fires too early, finds nothing, and is set again.
    private void ForgetLater()
    {
        if (_rules.NextDeadline(_record.State) is not { } deadline)
        {
            // A late attempt must find the answer of the others, and a customer's sessions are asked for. The collector deactivates such a
            // grain some minutes later.
            if (_repeated is null && _underWay is null && _record.State.IsEmpty)
            {
                DeactivateOnIdle();
            }
        }
        else if (deadline < _timerDue && deadline - Now <= NearDeadline.Ticks)
        {
            var due = TimeSpan.FromTicks(Math.Max(0, deadline - Now));
            _timerDue = deadline;
            _timer ??= this.RegisterGrainTimer(Forget, new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
            _timer.Change(due, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Forget(CancellationToken cancellationToken)
    {
        using var inside = await _lock.EnterAsync();
        _timerDue = long.MaxValue;
        _record.State = _rules.Forget(_record.State, Now);
        if (_record.State.IsEmpty && _record.RecordExists)
        {
            await _record.ClearAsync();
        }

        ForgetLater();
    }
}
