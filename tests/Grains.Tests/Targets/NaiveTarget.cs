using Otp.Programs;
using Otp.Targets;

namespace Otp.Grains.Tests.Targets;

/// <summary>
/// The contract's rules, written again in the slowest and plainest way: it keeps everything that ever happened and looks through
/// all of it for every answer.
/// </summary>
internal sealed class NaiveTarget(OtpProgram program)
{
    private readonly List<Code> _codes = [];
    private readonly List<(long At, bool Right)> _guesses = [];
    private readonly List<Done> _done = [];
    private readonly List<long> _sends = [];

    public IReadOnlyList<long> Sends => _sends;

    public (SendStatus Status, TimeSpan RetryAfter) Send(Purpose purpose, Guid operation, Guid nonce, SendStatus outcome, long now)
    {
        if (Earlier(operation, now) is { } earlier)
        {
            return (earlier.Send ?? SendStatus.OperationMismatch, TimeSpan.Zero);
        }

        var policy = program.PolicyFor(purpose);
        if (LockedUntil(now) is { } until)
        {
            return (SendStatus.Locked, TimeSpan.FromTicks(until - now));
        }

        var at = now;
        while (policy.AllWindows.Any(w => _sends.Count(s => s > at - w.Period.Ticks) >= w.Limit))
        {
            at = policy.AllWindows
                .Where(w => _sends.Count(s => s > at - w.Period.Ticks) >= w.Limit)
                .Max(w => _sends.Where(s => s > at - w.Period.Ticks).Min() + w.Period.Ticks);
        }

        if (at > now)
        {
            return (SendStatus.RateLimited, TimeSpan.FromTicks(at - now));
        }

        _done.Add(new Done(operation, now, outcome, null));
        if (outcome == SendStatus.DeliveryFailed)
        {
            return (outcome, TimeSpan.Zero);
        }

        _sends.Add(now);
        var live = Live(purpose, now);
        var isUnreachable = outcome == SendStatus.Undeliverable;
        if (live is null || (!isUnreachable && (policy.OnResend == ResendMode.Replace || live.Compared >= policy.Attempts || live.Withdrawn)))
        {
            _codes.Add(new Code(purpose, nonce, now + policy.Lifetime.Ticks, isUnreachable));
        }

        return (outcome, TimeSpan.Zero);
    }

    public VerifyStatus Verify(Purpose purpose, Guid operation, Guid? guess, long now)
    {
        if (Earlier(operation, now) is { } earlier)
        {
            return earlier.Verify ?? VerifyStatus.OperationMismatch;
        }

        if (LockedUntil(now) is not null)
        {
            return VerifyStatus.Locked;
        }

        if (Live(purpose, now) is not { } code)
        {
            return VerifyStatus.NoCode;
        }

        if (code.Compared >= program.PolicyFor(purpose).Attempts)
        {
            return VerifyStatus.AttemptsExhausted;
        }

        code.Compared++;
        var right = guess == code.Nonce && !code.Withdrawn;
        code.Used = right;
        _guesses.Add((now, right));
        var status = right ? VerifyStatus.Verified : VerifyStatus.WrongCode;
        _done.Add(new Done(operation, now, null, status));
        return status;
    }

    /// <summary>The nonce of the code that would be accepted now, if any.</summary>
    public Guid? LiveNonce(Purpose purpose, long now) => Live(purpose, now)?.Nonce;

    private Code? Live(Purpose purpose, long now) =>
        _codes.LastOrDefault(c => c.Purpose == purpose) is { Used: false } code && now <= code.ExpiresAt ? code : null;

    private Done? Earlier(Guid operation, long now) =>
        _done.TakeLast(8).FirstOrDefault(o => o.Id == operation && now - o.At < TimeSpan.FromMinutes(10).Ticks);

    private long? LockedUntil(long now)
    {
        long until = 0;
        var wrong = new List<long>();
        foreach (var (at, right) in _guesses.Append((At: now, Right: true)))
        {
            if (until != 0 && at >= until)
            {
                (until, wrong) = (0, []);
            }

            if (at == now && until > now)
            {
                return until;
            }

            if (wrong.Count > 0 && at - wrong[^1] >= program.Lockout.Memory.Ticks)
            {
                wrong = [];
            }

            wrong = right ? [] : [.. wrong, at];
            until = wrong.Count >= program.Lockout.Threshold ? at + program.Lockout.Duration.Ticks : until;
        }

        return null;
    }

    private sealed record Done(Guid Id, long At, SendStatus? Send, VerifyStatus? Verify);

    private sealed class Code(Purpose purpose, Guid nonce, long expiresAt, bool withdrawn)
    {
        public bool Withdrawn => withdrawn;

        public Purpose Purpose => purpose;

        public Guid Nonce => nonce;

        public long ExpiresAt => expiresAt;

        public int Compared { get; set; }

        public bool Used { get; set; }
    }
}
