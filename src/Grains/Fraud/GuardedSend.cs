using Otp.Keys;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Fraud;

/// <summary>A send to a number whose prefix is guarded, from its reservation to its end.</summary>
internal sealed class GuardedSend
{
    private readonly IPrefixGrain _prefix;
    private readonly Guid _send;
    private readonly bool _isDiscreet;
    private bool _isAsked;
    private int? _minute;

    private GuardedSend(IPrefixGrain prefix, SendRequest request, string targetKey) =>
        (_prefix, _send, _isDiscreet) = (prefix, NameOf(request.Operation.Id, targetKey), request.IsDiscreet);

    /// <summary>Guards a send; null if the program does not guard sends to its target, the key of whose grain is given.</summary>
    public static GuardedSend? Of(IGrainFactory grains, OtpProgram program, SendRequest request, string targetKey) =>
        Find(grains, program, request.Target) is { } prefix ? new GuardedSend(prefix, request, targetKey) : null;

    /// <summary>Has the latest send of a code counted as verified. Nobody waits for it; if it is lost, the send counts as not verified.</summary>
    public static void Convert(IGrainFactory grains, OtpProgram program, Target target, LiveCode? verified)
    {
        if (verified is { CountedIn: not 0 } && Find(grains, program, target) is { } prefix)
        {
            prefix.Convert(verified.CountedIn).Ignore();
        }
    }

    /// <summary>
    /// Has a send counted before it is written, or refuses it. A discreet one is not refused, because that would tell that somebody is
    /// registered: the windows count it, but the prefix does not (<see cref="LiveCode.CountedIn"/> is 0), and so its code must not leave.
    /// </summary>
    public async ValueTask<SendDecision> ReserveAsync(SendDecision decision, TargetState before)
    {
        if (decision is not { Deliver: true, IsRepeat: false })
        {
            return decision;
        }

        if (!_isAsked)
        {
            _minute = await _prefix.Reserve(_send);
            _isAsked = true;
        }

        return _minute is not null || _isDiscreet
            ? TargetRules.Counted(decision, _minute ?? 0)
            : new SendDecision(SendStatus.PrefixBlocked, before);
    }

    /// <summary>Has a send counted no longer if nothing left. An attempt beside this one may have made the same send: then it counts.</summary>
    public void End(SendDecision decision, SendStatus status)
    {
        if ((_isAsked && decision.Status is SendStatus.RateLimited or SendStatus.Locked) || (decision.Deliver && status == SendStatus.DeliveryFailed))
        {
            _prefix.Release(_send).Ignore();
        }
    }

    // An operation id names a send of one target: a caller may use one Idempotency-Key for several numbers, and each of them counts.
    private static Guid NameOf(Guid operation, string targetKey)
    {
        Span<byte> digest = stackalloc byte[GrainKeys.DigestSize];
        GrainKeys.CopyDigest(targetKey, digest);
        Span<byte> name = stackalloc byte[16];
        operation.TryWriteBytes(name);
        for (var i = 0; i < name.Length; i++)
        {
            name[i] ^= digest[i];
        }

        return new Guid(name);
    }

    private static IPrefixGrain? Find(IGrainFactory grains, OtpProgram program, Target target) =>
        program.FraudGuard?.PrefixOf(target) is { } prefix ? grains.GetGrain<IPrefixGrain>(PrefixKey.Compose(program.Id, prefix)) : null;
}
