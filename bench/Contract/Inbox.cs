using Otp.Delivery;
using Otp.Programs;
using Otp.Targets;

namespace Otp.Contract;

/// <summary>Composes the message that the service composes and keeps the latest in memory, as its <c>inbox</c> provider does.</summary>
public sealed class Inbox(MessageComposer composer, TimeProvider time)
{
    private const int Capacity = 200;

    private readonly Lock _gate = new();
    private readonly Queue<Message> _messages = new(Capacity);

    public void Deliver(OtpProgram program, Target target, string code, TimeSpan validFor)
    {
        var message = composer.Compose(program, target, Purpose.None, locale: null, code, time.GetUtcNow() + validFor);
        lock (_gate)
        {
            if (_messages.Count == Capacity)
            {
                _messages.Dequeue();
            }

            _messages.Enqueue(message);
        }
    }
}
