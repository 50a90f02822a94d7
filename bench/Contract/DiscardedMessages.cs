using Otp.Delivery;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>Composes the message that the service composes and drops it, as its <c>discard</c> provider does.</summary>
public sealed class DiscardedMessages(MessageComposer composer, TimeProvider time)
{
    public void Deliver(OtpProgram program, Target target, string code, TimeSpan validFor) =>
        composer.Compose(program, target, Purpose.None, locale: null, code, time.GetUtcNow() + validFor);
}
