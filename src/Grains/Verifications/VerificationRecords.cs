using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Otp.Keys;
using Otp.Programs;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Verifications;

/// <summary>Makes what a live code keeps for the Verify surface, and reads it.</summary>
public sealed class VerificationRecords(ServiceKeys keys, VerificationIndex index, OneTimeCodes codes, Seal seal)
{
    private readonly KeyedHash _payments = new(keys.Payment);

    /// <summary>What a send asks of its code; null where it does not come from the Verify surface.</summary>
    /// <param name="request">The send.</param>
    /// <param name="program">The program.</param>
    /// <param name="grainKey">The key of the target's grain.</param>
    /// <param name="fresh">The nonce and key id of a new code, should one be needed.</param>
    public VerificationTerms? TermsOf(SendRequest request, OtpProgram program, string grainKey, (Guid Nonce, uint KeyId) fresh)
    {
        if (request.Verification is not { } start)
        {
            return null;
        }

        var mailbox = program.MailboxOf(request.Target);
        var details = new VerificationDetails(request.Target.Channel, request.Target.Value, start.Payment?.Amount, start.Payment?.Payee);
        var box = seal.Close(keys.VerificationDetails, JsonSerializer.SerializeToUtf8Bytes(details, StateJson.Default.VerificationDetails), grainKey);
        return new VerificationTerms(
            start.Channel,
            start.CustomCode?.Length,
            start.CustomCode is { } own ? codes.OffsetOf(fresh, request.Purpose, program.Id, mailbox, own) : 0,
            new LiveVerification([], HashOf(start.Payment), box),
            code => IsFor(code, start.Payment) && (start.CustomCode is not { } digits
                ? code.Offset == 0
                : code.Offset != 0 && codes.Matches(code, program.Id, mailbox, digits)));
    }

    /// <summary>Whether a code approves this payment, or nothing in particular where there is none.</summary>
    public bool IsFor(LiveCode code, Payment? payment) => (code.Verification?.Payment ?? 0) == HashOf(payment);

    /// <summary>Whether a code is the verification with this SID; any is, where the SID is null.</summary>
    public bool IsMeant(LiveCode code, string? sid) => sid is null || index.SidOf(code.Nonce) == sid;

    /// <summary>The key of the <see cref="IVerificationGrain"/> that leads to a code's target.</summary>
    public string GrainKeyOf(LiveCode code, string program) => index.KeyFor(program, index.SidOf(code.Nonce));

    /// <summary>Reports a code, and what it keeps for the surface.</summary>
    /// <param name="code">The code, which may have come from another surface.</param>
    /// <param name="state">The target's state.</param>
    /// <param name="rules">The target's rules.</param>
    /// <param name="grainKey">The key of the target's grain.</param>
    public VerificationReport Report(LiveCode code, TargetState state, TargetRules rules, string grainKey)
    {
        var policy = rules.Program.PolicyFor(code.Purpose);
        var kept = code.Verification;
        var details = kept is null
            ? null
            : JsonSerializer.Deserialize(Seal.Open(keys.VerificationDetails, kept.Sealed, grainKey), StateJson.Default.VerificationDetails);
        var created = kept is { Sends: [var first, ..] } ? first.At : code.ExpiresAt - policy.Lifetime.Ticks;
        var updated = Math.Max(kept is { Sends: [.., var last] } ? last.At : created, code.Attempts > 0 ? state.LastWrongGuess : 0);
        return new VerificationReport(
            index.SidOf(code.Nonce),
            details is null ? null : new Target(details.Channel, details.Address),
            Instant(created),
            Instant(updated),
            Instant(code.ExpiresAt),
            code.Attempts >= policy.Attempts,
            [.. (kept?.Sends ?? []).Select(send => new VerificationSend(index.SendSidOf(code.Nonce, send.At), Instant(send.At), send.Channel))],
            details is { Amount: { } amount, Payee: { } payee } ? new Payment(amount, payee) : null);
    }

    /// <summary>Reports what was sent. A repeat may come when the code is gone.</summary>
    public VerificationReport Report(SendDecision decision, Operation operation, TargetRules rules, string grainKey) => decision.Code is { } code
        ? Report(code, decision.State, rules, grainKey)
        : Report(TargetRules.Find(decision.State, operation.Id)!);

    /// <summary>Adds to what came of a guess what the surface tells of it.</summary>
    public VerifyOutcome Complete(
        VerifyOutcome outcome, VerifyDecision decision, TargetState before, Purpose purpose, TargetRules rules, string grainKey, long now)
    {
        // A right guess has consumed its code, and a repeat of it may come when nobody remembers the code.
        var live = decision.State.CodeFor(purpose);
        var code = live ?? before.CodeFor(purpose);
        return outcome with
        {
            Verification = code is not null && (decision.Operation is null || decision.Operation.Nonce == code.Nonce) ? Report(code, decision.State, rules, grainKey)
                : decision.Operation is { } done ? Report(done)
                : null,
            RetryAfter = TimeSpan.FromTicks(decision.Status switch
            {
                VerifyStatus.Locked => decision.State.LockedUntil - now,
                VerifyStatus.AttemptsExhausted => live!.ExpiresAt + 1 - now,
                _ => 0,
            }),
        };
    }

    private VerificationReport Report(CompletedOperation done)
    {
        var at = Instant(done.At);
        return new VerificationReport(index.SidOf(done.Nonce), Recipient: null, at, at, at, IsExhausted: false, [], Payment: null);
    }

    private static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    // 64 bits, keyed: a caller who could try amounts without end would first run out of attempts.
    private ulong HashOf(Payment? payment)
    {
        if (payment is null)
        {
            return 0;
        }

        var amount = Encoding.UTF8.GetBytes(payment.Amount);
        var input = new byte[sizeof(int) + amount.Length + Encoding.UTF8.GetByteCount(payment.Payee)];
        BinaryPrimitives.WriteInt32LittleEndian(input, amount.Length);
        amount.CopyTo(input, sizeof(int));
        Encoding.UTF8.GetBytes(payment.Payee, input.AsSpan(sizeof(int) + amount.Length));
        Span<byte> hash = stackalloc byte[KeyedHash.Size];
        _payments.Compute(input, hash);
        return Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(hash));
    }
}
