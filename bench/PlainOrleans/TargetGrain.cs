using System.Security.Cryptography;
using Otp.Contract;
using Otp.Programs;
using Otp.Targets;

namespace Otp.PlainOrleans;

/// <summary>Decides, stores, delivers, answers.</summary>
public sealed class TargetGrain(
    [PersistentState("target")] IPersistentState<TargetState> record,
    ProgramCatalog programs,
    OneTimeCodes codes,
    DiscardedMessages messages,
    RandomNumberGenerator random,
    TimeProvider time) : Grain, ITargetGrain
{
    private const int KeptOperations = 8;
    private static readonly TimeSpan OperationMemory = TimeSpan.FromMinutes(10);

    private TargetState State => record.State;

    private long Now => time.GetUtcNow().UtcTicks;

    public async Task<SendResult> Send(SendCommand command)
    {
        var now = Now;
        var program = programs.Current.Get(command.Program);
        var policy = program.PolicyFor(Purpose.None);
        Forget(program, now);
        if (Find(command.Operation) is { } earlier)
        {
            return Repeat(earlier, command, policy, now);
        }

        if (State.LockedUntil > now)
        {
            return Refuse(State.LockedUntil);
        }

        var open = SendWindows.OpenFrom([.. State.Sends], policy.AllWindows, now);
        if (open > now)
        {
            return Refuse(open);
        }

        State.Sends.Add(now);
        State.Code = new SentCode { Nonce = NewNonce(), KeyId = codes.CurrentKeyId, ExpiresAt = now + policy.Lifetime.Ticks };
        Complete(command.Operation, OperationResult.Sent, State.Code.Nonce, now);
        await record.WriteStateAsync();

        var digits = codes.Derive(Live(State.Code, policy), program.Id, command.Target);
        messages.Deliver(program, command.Target, digits, policy.Lifetime);
        return new SendResult(SendResultStatus.Sent, Usage(policy, now), Code: digits);

        SendResult Refuse(long until) => new(SendResultStatus.Refused, Usage(policy, now), TimeSpan.FromTicks(until - now));
    }

    public async Task<VerifyResult> Verify(VerifyCommand command)
    {
        var now = Now;
        var program = programs.Current.Get(command.Program);
        var policy = program.PolicyFor(Purpose.None);
        Forget(program, now);
        if (Find(command.Operation) is { } earlier)
        {
            return Repeat(earlier, command.Operation);
        }

        if (State.LockedUntil > now || State.Code is not { } code || code.Attempts >= policy.Attempts)
        {
            return new VerifyResult(VerifyResultStatus.Refused);
        }

        if (!codes.Matches(Live(code, policy), program.Id, command.Target, command.Code))
        {
            code.Attempts++;
            State.WrongGuesses++;
            State.LastWrongGuess = now;
            State.LockedUntil = State.WrongGuesses >= program.Lockout.Threshold ? now + program.Lockout.Duration.Ticks : 0;
            Complete(command.Operation, OperationResult.WrongCode, Guid.Empty, now);
            await record.WriteStateAsync();
            return new VerifyResult(VerifyResultStatus.Refused);
        }

        State.Code = null;
        State.WrongGuesses = 0;
        Complete(command.Operation, OperationResult.Verified, code.Nonce, now);
        await record.WriteStateAsync();
        return Verified(now, code.Nonce);
    }

    private static VerifyResult Repeat(CompletedOperation earlier, Operation operation) =>
        earlier.Fingerprint != operation.Fingerprint ? new(VerifyResultStatus.OperationMismatch)
        : earlier.Result switch
        {
            OperationResult.Verified => Verified(earlier.At, earlier.Nonce),
            OperationResult.WrongCode => new(VerifyResultStatus.Refused),
            OperationResult.Sent => new(VerifyResultStatus.OperationMismatch),
        };

    private static VerifyResult Verified(long at, Guid nonce) =>
        new(VerifyResultStatus.Verified, new Proof(new DateTimeOffset(at, TimeSpan.Zero), nonce));

    private static LiveCode Live(SentCode code, Policy policy) => new(Purpose.None, code.Nonce, code.KeyId, policy.Length, code.ExpiresAt);

    private SendResult Repeat(CompletedOperation earlier, SendCommand command, Policy policy, long now)
    {
        if (earlier.Fingerprint != command.Operation.Fingerprint || earlier.Result != OperationResult.Sent)
        {
            return new SendResult(SendResultStatus.OperationMismatch);
        }

        var digits = State.Code is { } code && code.Nonce == earlier.Nonce
            ? codes.Derive(Live(code, policy), command.Program, command.Target)
            : null;
        return new SendResult(SendResultStatus.Sent, Usage(policy, now), Code: digits);
    }

    private WindowUsage? Usage(Policy policy, long now) => SendWindows.Tightest([.. State.Sends], policy.AllWindows, now);

    private CompletedOperation? Find(Operation operation) => State.Operations.Find(o => o.Id == operation.Id);

    private void Complete(Operation operation, OperationResult result, Guid nonce, long now)
    {
        if (State.Operations.Count == KeptOperations)
        {
            State.Operations.RemoveAt(0);
        }

        State.Operations.Add(new() { Id = operation.Id, Fingerprint = operation.Fingerprint, At = now, Result = result, Nonce = nonce });
    }

    private void Forget(OtpProgram program, long now)
    {
        State.Sends.RemoveAll(at => at <= now - program.LongestWindow.Ticks);
        State.Operations.RemoveAll(operation => operation.At <= now - OperationMemory.Ticks);
        if (State.Code?.ExpiresAt < now)
        {
            State.Code = null;
        }

        var isOver = State.LockedUntil != 0 ? State.LockedUntil <= now : State.LastWrongGuess <= now - program.Lockout.Memory.Ticks;
        if (isOver)
        {
            (State.WrongGuesses, State.LockedUntil) = (0, 0);
        }
    }

    private Guid NewNonce()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return new Guid(bits);
    }
}
