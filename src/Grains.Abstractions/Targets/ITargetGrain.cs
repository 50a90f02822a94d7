using Otp.Customers;
using Otp.Delivery;
using Otp.Events;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>
/// One e-mail address or phone number of one program: its windows, live codes, lockout and latest operations, its customer and the
/// open sessions. <see cref="TargetIndex"/> makes the key, which never holds the address itself; the address comes with every call that needs it.
/// </summary>
[Alias("otp.ITargetGrain")]
public interface ITargetGrain : IGrainWithStringKey
{
    /// <summary>Makes a code and delivers it, unless a window or the lockout forbids it.</summary>
    [Alias("Send")]
    Task<SendOutcome> Send(SendRequest request);

    /// <summary>Compares a guess with the live code of the purpose; if it is right, consumes the code and opens the session that is asked for.</summary>
    [Alias("Verify")]
    Task<VerifyOutcome> Verify(VerifyRequest request);

    /// <summary>Whose session it is; null if it is not open.</summary>
    [Alias("FindSession")]
    Task<Identity?> FindSession(SessionQuery query);

    /// <summary>Ends a session, if it is open.</summary>
    [Alias("EndSession")]
    Task EndSession(SessionQuery query);

    /// <summary>The live verification; null if there is none, or another one than the SID names.</summary>
    /// <param name="sid">Its SID; null for whichever there is.</param>
    [Alias("FindVerification")]
    Task<VerificationReport?> FindVerification(string? sid);

    /// <summary>The verification that an operation has ended without a guess, as it was; null if it has ended none.</summary>
    /// <param name="operation">The operation's id.</param>
    [Alias("FindEnded")]
    Task<VerificationReport?> FindEnded(Guid operation);

    /// <summary>Ends a verification without a guess: no code is right for it any more.</summary>
    [Alias("EndVerification")]
    Task<VerifyStatus> EndVerification(VerificationEnd end);

    /// <summary>Takes a provider's report on a message. It changes neither windows nor attempts nor codes.</summary>
    [Alias("TakeReceipt")]
    Task<ReceiptStatus> TakeReceipt(ReceiptRequest request);

    /// <summary>Tells an operator what is remembered.</summary>
    [Alias("Inspect")]
    Task<TargetReport> Inspect();

    /// <summary>Lifts the lockout and forgets the wrong guesses that count towards one.</summary>
    /// <returns>Whether the target was locked.</returns>
    [Alias("Unlock")]
    Task<bool> Unlock();

    /// <summary>Forgets everything.</summary>
    [Alias("Erase")]
    Task Erase();

    /// <summary>
    /// Forgets the events that the program's endpoint has been told, and gives the next one; null if there is none. They are forgotten durably
    /// once there is none.
    /// </summary>
    /// <param name="through">The latest event that it has been told (<see cref="PendingEvent.At"/>); 0 for none.</param>
    [Alias("NextEvent")]
    Task<PendingEvent?> NextEvent(long through);
}
