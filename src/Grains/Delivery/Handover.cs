namespace Otp.Delivery;

/// <summary>
/// Whether a message has left, known at every moment of an attempt. The provider says so before the last of the message leaves; when the
/// time is over, the attempt is called off, or it is too late for that and the message may arrive. Never both.
/// </summary>
public sealed class Handover
{
    private const int NotBegun = 0;
    private const int Begun = 1;
    private const int CalledOff = 2;

    private int _state;

    /// <summary>Whether the message has left, and may arrive.</summary>
    internal bool HasBegun => Volatile.Read(ref _state) == Begun;

    /// <summary>Says that the message leaves now.</summary>
    /// <exception cref="OperationCanceledException">The attempt was called off: the message must not leave.</exception>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, Begun, NotBegun) == CalledOff)
        {
            throw new OperationCanceledException("The attempt to hand over the message was called off.");
        }
    }

    /// <summary>Says that the message was refused after all: it does not arrive, and may be handed over again.</summary>
    public void Undo() => Interlocked.CompareExchange(ref _state, NotBegun, Begun);

    /// <summary>Calls the attempt off, so that the message does not leave any more; false if it has left.</summary>
    internal bool TryCallOff() => Interlocked.CompareExchange(ref _state, CalledOff, NotBegun) != Begun;
}
