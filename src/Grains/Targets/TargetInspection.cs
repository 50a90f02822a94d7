using System.Collections.Immutable;
using Otp.Delivery;
using Otp.Programs;

namespace Otp.Targets;

/// <summary>How an operator inspects and unlocks a target. Pure, like <see cref="TargetRules"/>.</summary>
public static class TargetInspection
{
    /// <summary>Reports the state at <paramref name="now"/> (UTC ticks).</summary>
    public static TargetReport Report(TargetRules rules, TargetState state, long now)
    {
        var program = rules.Program;
        state = rules.Forget(state, now);
        return new TargetReport(
            [.. Enum.GetValues<Purpose>().SelectMany(p => program.PolicyFor(p).AllWindows).Distinct().Select(w => Report(w, state.Sends, now))],
            [.. state.Codes.Where(c => !c.IsWithdrawn).Select(c => Report(c, program.PolicyFor(c.Purpose)))],
            state.WrongGuesses,
            state.LockedUntil == 0 ? null : Instant(state.LockedUntil),
            state.Customer?.Sessions.Length ?? 0,
            [.. state.Operations.Where(IsSend).Select(static send => Report(send))]);
    }

    /// <summary>The state without its lockout and the guesses that led there; the same object if there are none.</summary>
    public static TargetState Unlock(TargetState state) => state.WrongGuesses == 0 && state.LockedUntil == 0
        ? state
        : state with { WrongGuesses = 0, LastWrongGuess = 0, LockedUntil = 0 };

    private static CodeReport Report(LiveCode code, Policy policy) =>
        new(code.Purpose, Instant(code.ExpiresAt), Math.Max(0, policy.Attempts - code.Attempts));

    private static bool IsSend(CompletedOperation operation) =>
        operation.Result is OperationResult.Sent or OperationResult.DeliveryFailed or OperationResult.Undeliverable;

    private static SendReport Report(CompletedOperation send)
    {
        var known = send.Result switch
        {
            OperationResult.DeliveryFailed => new MessageReport(DeliveryState.Undelivered, Provider: null),
            OperationResult.Undeliverable => new MessageReport(DeliveryState.Undelivered, Provider: null, Reason: UndeliveredReason.Unreachable),
            _ => DeliveryReceipts.Known(send) ?? new MessageReport(DeliveryState.Unknown, Provider: null),
        };
        return new SendReport(Instant(send.At), known.State, known.State == DeliveryState.Undelivered ? known.Reason : null, known.Provider);
    }

    private static WindowReport Report(Window window, ImmutableArray<long> sends, long now)
    {
        var opens = SendWindows.OpenFrom(sends, [window], now);
        return new WindowReport(
            window.Name,
            window.Limit,
            window.Period,
            sends.Count(sent => sent > now - window.Period.Ticks),
            opens > now ? Instant(opens) : null);
    }

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);
}
