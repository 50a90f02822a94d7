using System.Collections.Immutable;
using Otp.Delivery;
using Otp.Events;
using Otp.Programs;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>
/// Every decision about one target: from the state, the program's rules and the time to an outcome and a new state. Pure and synchronous,
/// without engine, storage, clock or randomness.
/// </summary>
/// <param name="Program">The program of the target.</param>
/// <param name="CustomerRetention">How long a customer is kept after the latest right code.</param>
public readonly record struct TargetRules(OtpProgram Program, TimeSpan CustomerRetention)
{
    /// <summary>How many outcomes are kept for repeats.</summary>
    public const int KeptOperations = 8;

    /// <summary>How long an outcome is kept for repeats.</summary>
    public static readonly TimeSpan OperationMemory = TimeSpan.FromMinutes(10);

    /// <summary>Decides a send. Order: repeat → lockout → windows → code.</summary>
    /// <param name="state">The target's state.</param>
    /// <param name="purpose">The code's purpose.</param>
    /// <param name="operation">This send's name.</param>
    /// <param name="fresh">The nonce and key id of a new code, should one be needed.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    /// <param name="terms">What the Verify surface asks of the code; null on every other.</param>
    public SendDecision Send(
        TargetState state, Purpose purpose, Operation operation, (Guid Nonce, uint KeyId) fresh, long now, VerificationTerms? terms = null)
    {
        var policy = Program.PolicyFor(purpose);
        state = Forget(state, now);
        if (Find(state, operation.Id) is { } earlier)
        {
            return Repeat(state, earlier, operation, purpose);
        }

        if (state.LockedUntil > now)
        {
            return Refuse(SendStatus.Locked, state.LockedUntil);
        }

        var open = SendWindows.OpenFrom(state.Sends, policy.AllWindows, now);
        if (open > now)
        {
            return Refuse(SendStatus.RateLimited, open);
        }

        var live = state.CodeFor(purpose);
        var repeats = live is { IsWithdrawn: false } && policy.OnResend == ResendMode.Repeat && live.Attempts < policy.Attempts && IsAskedFor(live);
        var code = repeats
            ? live!
            : new LiveCode(purpose, fresh.Nonce, fresh.KeyId, terms?.Length ?? policy.Length, now + policy.Lifetime.Ticks) { Offset = terms?.Offset ?? 0 };
        code = ChannelFallback.Sent(code, live, policy);
        code = terms?.Sent(code, ChannelFallback.Of(policy, code, terms.Channel, terms.Fresh.Payment != 0), now) ?? code;
        var sent = new CompletedOperation(operation.Id, operation.Fingerprint, now, OperationResult.Sent, code.Nonce)
        {
            Earlier = repeats ? null : live,
            RepeatsCode = repeats,
        };
        var next = Complete(state, sent) with
        {
            Sends = Needed(InOrder(state.Sends, now)),
            Codes = ReferenceEquals(code, live) ? state.Codes : Without(state.Codes, live).Add(code),
        };
        return new SendDecision(SendStatus.Sent, next) { IsChanged = true, Code = code, Deliver = true, Operation = sent };

        // A code that approves a payment never goes out in a message that does not name it.
        bool IsAskedFor(LiveCode known) => terms?.Repeats(known) ?? known.Verification is not { Payment: not 0 };

        SendDecision Refuse(SendStatus status, long until) => new(status, state) { RetryAfter = TimeSpan.FromTicks(until - now) };
    }

    /// <summary>A send that was decided, with the minute that the fraud guard counts it in; 0 where it does not.</summary>
    public static SendDecision Counted(SendDecision send, int minute)
    {
        var code = send.Code! with { CountedIn = minute };
        return send with { Code = code, State = send.State with { Codes = send.State.Codes.Replace(send.Code!, code) } };
    }

    /// <summary>
    /// Records that a delivery of a send failed. If all of them have, the send is withdrawn: its code is right no more, the one before it is
    /// alive again, and the operation has failed. It no longer counts, unless its recipient cannot be reached, so that nobody asks for a bad
    /// address without end. While another delivery may have arrived, the code stays alive.
    /// </summary>
    /// <param name="state">The target's state.</param>
    /// <param name="send">The send, as it was decided.</param>
    /// <param name="isUnreachable">Whether its recipient cannot be reached.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    public TargetState Undelivered(TargetState state, CompletedOperation send, bool isUnreachable, long now)
    {
        if (FindSent(state, send) is not { } sent || state.Operations.Any(o => o.Nonce == sent.Nonce && (o.Result is OperationResult.Verified or OperationResult.Approved)))
        {
            return state;
        }

        var failed = sent with { FailedDeliveries = sent.FailedDeliveries + 1 };
        if (sent.FailedDeliveries < sent.Redeliveries)
        {
            return state with { Operations = state.Operations.Replace(sent, failed) };
        }

        var result = isUnreachable ? OperationResult.Undeliverable : OperationResult.DeliveryFailed;
        var withdrawn = state with
        {
            Sends = isUnreachable ? state.Sends : state.Sends.Remove(sent.At),
            Operations = state.Operations.Replace(sent, failed with { Result = result, Nonce = Guid.Empty, Earlier = null }),
        };
        return Forget(VerificationRules.WithoutMessage(WithoutCodeOf(withdrawn, sent, isUnreachable, now), sent), now);
    }

    /// <summary>Whether a send was withdrawn. One that later operations have pushed out of memory was not, while it counts.</summary>
    public static bool IsWithdrawn(TargetState state, CompletedOperation send) =>
        Find(state, send.Id) is { } known ? known.Result != OperationResult.Sent : !state.Sends.Contains(send.At);

    /// <summary>Records that a send's message arrives, or may arrive.</summary>
    /// <param name="state">The target's state.</param>
    /// <param name="send">The send, as it was decided.</param>
    /// <param name="answer">What its provider answered; null for no more than that it took the message.</param>
    public static TargetState Delivered(TargetState state, CompletedOperation send, MessageReport? answer = null) => FindSent(state, send) is { } sent
        ? state with { Operations = state.Operations.Replace(sent, DeliveryReceipts.Answered(sent, answer) with { Delivered = true, Earlier = null }) }
        : state;

    /// <summary>Decides a verify. Order: repeat → lockout → live code → attempts left → comparison.</summary>
    /// <param name="state">The target's state.</param>
    /// <param name="purpose">The code's purpose.</param>
    /// <param name="operation">This verify's name.</param>
    /// <param name="matches">Compares the guess with a code; called at most once, and only if everything else allows the verify.</param>
    /// <param name="now">The time, in UTC ticks.</param>
    /// <param name="isMeant">Whether a code is the one that the guess is for; null if any is.</param>
    public VerifyDecision Verify(
        TargetState state, Purpose purpose, Operation operation, Func<LiveCode, bool> matches, long now, Func<LiveCode, bool>? isMeant = null)
    {
        state = Forget(state, now);
        if (Find(state, operation.Id) is { } earlier)
        {
            var outcome = Repeat(earlier, operation);
            return Refuse(outcome) with { IsRepeat = outcome != VerifyStatus.OperationMismatch, Operation = earlier };
        }

        if (state.LockedUntil > now)
        {
            return Refuse(VerifyStatus.Locked);
        }

        if (state.CodeFor(purpose) is not { } code || isMeant?.Invoke(code) == false)
        {
            return Refuse(VerifyStatus.NoCode);
        }

        if (code.Attempts >= Program.PolicyFor(purpose).Attempts)
        {
            return Refuse(VerifyStatus.AttemptsExhausted);
        }

        return matches(code) & !code.IsWithdrawn ? Accept(state, code, operation, now) : Count(state, code, operation, now);

        VerifyDecision Refuse(VerifyStatus status) => new(status, state, false);
    }

    /// <summary>The window closest to its limit for one more send of this purpose; null if there is no window.</summary>
    public WindowUsage? Usage(TargetState state, Purpose purpose, long now) =>
        SendWindows.Tightest(state.Sends, Program.PolicyFor(purpose).AllWindows, now);

    /// <summary>The state without what has expired at <paramref name="now"/>; the same object if nothing has.</summary>
    public TargetState Forget(TargetState state, long now)
    {
        var sends = state.Sends;
        while (!sends.IsEmpty && sends[0] <= now - Program.LongestWindow.Ticks)
        {
            sends = sends.RemoveAt(0);
        }

        var codes = state.Codes.RemoveAll(c => c.ExpiresAt < now);
        var operations = state.Operations.RemoveAll(o => o.At <= now - OperationMemory.Ticks);
        var unlocked = state.LockedUntil != 0 && state.LockedUntil <= now;
        var calm = unlocked
            || (state.WrongGuesses != 0 && state.LockedUntil == 0 && state.LastWrongGuess <= now - Program.Lockout.Memory.Ticks);
        var customer = state.Customer?.LastVerifiedAt <= now - CustomerRetention.Ticks ? null : state.Customer?.Forget(now);
        if (sends == state.Sends && codes == state.Codes && operations == state.Operations && !calm && ReferenceEquals(customer, state.Customer))
        {
            return state;
        }

        return state with
        {
            Sends = sends,
            Codes = codes,
            Operations = operations,
            WrongGuesses = calm ? 0 : state.WrongGuesses,
            LastWrongGuess = calm ? 0 : state.LastWrongGuess,
            LockedUntil = unlocked ? 0 : state.LockedUntil,
            Customer = customer,
        };
    }

    /// <summary>The earliest instant at which something but the customer and the sessions expires; null if there is nothing else.</summary>
    public long? NextDeadline(TargetState state)
    {
        var next = long.MaxValue;
        if (!state.Sends.IsEmpty)
        {
            next = state.Sends[0] + Program.LongestWindow.Ticks;
        }

        foreach (var code in state.Codes)
        {
            next = Math.Min(next, code.ExpiresAt + 1);
        }

        if (!state.Operations.IsEmpty)
        {
            next = Math.Min(next, state.Operations[0].At + OperationMemory.Ticks);
        }

        if (state.LockedUntil != 0)
        {
            next = Math.Min(next, state.LockedUntil);
        }
        else if (state.WrongGuesses != 0)
        {
            next = Math.Min(next, state.LastWrongGuess + Program.Lockout.Memory.Ticks);
        }

        return next == long.MaxValue ? null : next;
    }

    /// <summary>Until when a rule needs something of the state, and so the storage must keep the record, in UTC ticks; 0 for an empty state.</summary>
    public long NeededUntil(TargetState state)
    {
        long until = state.LockedUntil;
        if (until == 0 && state.WrongGuesses != 0)
        {
            until = state.LastWrongGuess + Program.Lockout.Memory.Ticks;
        }

        if (!state.Sends.IsEmpty)
        {
            until = Math.Max(until, state.Sends[^1] + Program.LongestWindow.Ticks);
        }

        foreach (var code in state.Codes)
        {
            until = Math.Max(until, code.ExpiresAt + 1);
        }

        foreach (var operation in state.Operations)
        {
            until = Math.Max(until, operation.At + OperationMemory.Ticks);
        }

        if (state.Customer is { } customer)
        {
            until = Math.Max(until, customer.LastVerifiedAt + CustomerRetention.Ticks);
        }

        return state.HasEvents ? Math.Max(until, state.Outbox!.LastAt + EventRules.Retention.Ticks) : until;
    }

    private static VerifyDecision Accept(TargetState state, LiveCode code, Operation operation, long now)
    {
        var next = Complete(state, operation, OperationResult.Verified, code.Nonce, now) with
        {
            Codes = state.Codes.Remove(code),
            WrongGuesses = 0,
            LastWrongGuess = 0,
        };
        return new VerifyDecision(VerifyStatus.Verified, next, true) { Operation = next.Operations[^1], Verified = code };
    }

    private VerifyDecision Count(TargetState state, LiveCode code, Operation operation, long now)
    {
        var wrong = state.WrongGuesses + 1;
        var next = Complete(state, operation, OperationResult.WrongCode, code.Nonce, now) with
        {
            Codes = state.Codes.Replace(code, code with { Attempts = code.Attempts + 1 }),
            WrongGuesses = wrong,
            LastWrongGuess = now,
            LockedUntil = wrong >= Program.Lockout.Threshold ? now + Program.Lockout.Duration.Ticks : 0,
        };
        return new VerifyDecision(VerifyStatus.WrongCode, next, true);
    }

    private static SendDecision Repeat(TargetState state, CompletedOperation earlier, Operation operation, Purpose purpose)
    {
        var status = (earlier.Fingerprint == operation.Fingerprint, earlier.Result) switch
        {
            (true, OperationResult.Sent) => SendStatus.Sent,
            (true, OperationResult.DeliveryFailed) => SendStatus.DeliveryFailed,
            (true, OperationResult.Undeliverable) => SendStatus.Undeliverable,
            _ => SendStatus.OperationMismatch,
        };
        var code = status == SendStatus.Sent && state.CodeFor(purpose) is { } live && live.Nonce == earlier.Nonce ? live : null;

        // A provider that reports on a message was given it, whatever this activation knows.
        var delivers = code is not null && !earlier.Delivered && earlier.Report is null or { State: DeliveryState.Unknown };
        var repeated = earlier with { Redeliveries = earlier.Redeliveries + 1 };
        return new SendDecision(status, delivers ? state with { Operations = state.Operations.Replace(earlier, repeated) } : state)
        {
            IsChanged = delivers,
            Code = code,
            Deliver = delivers,
            Operation = repeated,
            IsRepeat = status != SendStatus.OperationMismatch,
        };
    }

    private static VerifyStatus Repeat(CompletedOperation earlier, Operation operation) =>
        (earlier.Fingerprint == operation.Fingerprint, earlier.Result) switch
        {
            (true, OperationResult.Verified) => VerifyStatus.Verified,
            (true, OperationResult.WrongCode) => VerifyStatus.WrongCode,
            _ => VerifyStatus.OperationMismatch,
        };

    internal static CompletedOperation? Find(TargetState state, Guid id)
    {
        foreach (var operation in state.Operations)
        {
            if (operation.Id == id)
            {
                return operation;
            }
        }

        return null;
    }

    private static CompletedOperation? FindSent(TargetState state, CompletedOperation send) =>
        Find(state, send.Id) is { Result: OperationResult.Sent } sent && sent.IsSame(send) ? sent : null;

    private static TargetState Complete(TargetState state, Operation operation, OperationResult result, Guid nonce, long now) =>
        Complete(state, new CompletedOperation(operation.Id, operation.Fingerprint, now, result, nonce));

    internal static TargetState Complete(TargetState state, CompletedOperation operation)
    {
        var kept = state.Operations.Length < KeptOperations ? state.Operations : state.Operations.RemoveAt(0);
        return state with { Operations = kept.Add(operation) };
    }

    // A code that another send repeats, or made, stays, with one message less if this one does not count. One that a later send has replaced
    // does not come back when that one is withdrawn.
    private static TargetState WithoutCodeOf(TargetState state, CompletedOperation send, bool isUnreachable, long now)
    {
        if (send.RepeatsCode || state.Operations.Any(o => o.Result == OperationResult.Sent && o.Nonce == send.Nonce))
        {
            return !isUnreachable && state.Codes.FirstOrDefault(c => c.Nonce == send.Nonce) is { Resends: > 0 } again
                ? state with { Codes = state.Codes.Replace(again, again with { Resends = again.Resends - 1 }) }
                : state;
        }

        var earlier = send.Earlier?.ExpiresAt >= now ? send.Earlier : null;
        if (state.Codes.FirstOrDefault(c => c.Nonce == send.Nonce) is { } code)
        {
            var others = state.Codes.Remove(code);
            var next = earlier ?? (isUnreachable ? code with { IsWithdrawn = true } : null);
            return state with { Codes = next is null ? others : others.Add(next) };
        }

        return state.Operations.FirstOrDefault(o => o.Earlier?.Nonce == send.Nonce) is { } later
            ? state with { Operations = state.Operations.Replace(later, later with { Earlier = earlier }) }
            : state;
    }

    // The clocks of two silos may differ, so this send may be older than the last one. The list stays sorted.
    private static ImmutableArray<long> InOrder(ImmutableArray<long> sends, long now)
    {
        var index = sends.Length;
        while (index > 0 && sends[index - 1] > now)
        {
            index--;
        }

        return sends.Insert(index, now);
    }

    // More than the largest limit decide nothing. Up to as many sends as operations are kept may yet be withdrawn, and older ones count then.
    private ImmutableArray<long> Needed(ImmutableArray<long> sends) =>
        sends.Length - Program.LargestLimit - KeptOperations is > 0 and var excess ? sends.RemoveRange(0, excess) : sends;

    private static ImmutableArray<LiveCode> Without(ImmutableArray<LiveCode> codes, LiveCode? code) =>
        code is null ? codes : codes.Remove(code);
}
