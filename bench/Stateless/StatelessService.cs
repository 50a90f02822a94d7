using System.Security.Cryptography;
using Otp.Contract;
using Otp.Programs;
using Otp.Targets;
using StackExchange.Redis;

namespace Otp.Stateless;

/// <summary>The design without state in the process: every decision is one script in Redis.</summary>
internal sealed class StatelessService(
    TargetStore store,
    CustomerStore customers,
    IDatabase redis,
    TargetIndex targets,
    OneTimeCodes codes,
    CodeDigest digests,
    DiscardedMessages messages,
    RandomNumberGenerator random,
    TimeProvider time) : IOneTimeCodeService
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<SendResult> SendAsync(OtpProgram program, Target target, Operation operation)
    {
        var policy = program.PolicyFor(Purpose.None);
        var now = Now;
        var code = new LiveCode(
            Purpose.None, NewNonce(), codes.CurrentKeyId, policy.Length, now + (long)policy.Lifetime.TotalMilliseconds);
        var digits = codes.Derive(code, program.Id, target);
        var digest = digests.Of(program.Id, target, digits);
        var key = targets.KeyFor(program.Id, target);
        var reply = await store.SendAsync(program, key, operation, code.Nonce, digest, now, code.ExpiresAt);
        var usage = SendWindows.Tightest(reply.Sends, policy.AllWindows, now * TimeSpan.TicksPerMillisecond);
        switch (reply.Status)
        {
            case SendReplyStatus.Sent:
                // A repeat is not delivered again: to know whether the first was would take a second write for every send.
                if (reply.Repeated is { } nonce)
                {
                    digits = codes.Derive(code with { Nonce = nonce }, program.Id, target);
                }
                else
                {
                    messages.Deliver(program, target, digits, policy.Lifetime);
                }

                return new(SendResultStatus.Sent, usage, Code: digits);
            case SendReplyStatus.OperationMismatch:
                return new(SendResultStatus.OperationMismatch);
            default:
                return new(SendResultStatus.Refused, usage, TimeSpan.FromTicks(reply.OpenFrom) - TimeSpan.FromMilliseconds(now));
        }
    }

    public async Task<VerifyResult> VerifyAsync(OtpProgram program, Target target, string code, Operation operation)
    {
        var key = targets.KeyFor(program.Id, target);
        var reply = await store.VerifyAsync(program, key, operation, digests.Of(program.Id, target, code), Now);
        return reply.Status switch
        {
            VerifyReplyStatus.Verified =>
                new(VerifyResultStatus.Verified, new Proof(DateTimeOffset.FromUnixTimeMilliseconds(reply.At), reply.Nonce)),
            VerifyReplyStatus.Refused => new(VerifyResultStatus.Refused),
            VerifyReplyStatus.OperationMismatch => new(VerifyResultStatus.OperationMismatch),
        };
    }

    public Task<Session> SignInAsync(OtpProgram program, Target target, Proof proof, string? name) =>
        customers.SignInAsync(targets.KeyFor(program.Id, target), target, proof, name, Now);

    public async Task<bool> HasMemberAsync(OtpProgram program, Target email)
    {
        var key = targets.KeyFor(program.Id, email);
        var owner = await redis.StringGetAsync("stateless:member-email:" + key);
        var member = await redis.StringGetAsync("stateless:member:" + (owner.IsNull ? key : (string)owner!));
        return !member.IsNull;
    }

    private Guid NewNonce()
    {
        Span<byte> bits = stackalloc byte[16];
        random.GetBytes(bits);
        return new Guid(bits);
    }
}
