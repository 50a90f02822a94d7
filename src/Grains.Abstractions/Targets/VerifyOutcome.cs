using Otp.Customers;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>What came of a <see cref="VerifyRequest"/>.</summary>
/// <param name="SignIn">The session that the right code opened, if the request asked for one; otherwise null.</param>
/// <param name="Verification">The verification that was guessed at, if the request was for one and there is one; otherwise null.</param>
/// <param name="RetryAfter">How long until a guess can be compared again, if the attempts are used up or the target is locked; zero otherwise.</param>
[GenerateSerializer, Immutable, Alias("otp.VerifyOutcome")]
public sealed record VerifyOutcome(
    [property: Id(0)] VerifyStatus Status,
    [property: Id(1)] SignInResult? SignIn = null,
    [property: Id(2)] VerificationReport? Verification = null,
    [property: Id(3)] TimeSpan RetryAfter = default);

/// <summary>How a verify ended.</summary>
public enum VerifyStatus
{
    /// <summary>The code was right and is consumed.</summary>
    Verified = 0,

    /// <summary>The code was wrong; an attempt is used up.</summary>
    WrongCode = 1,

    /// <summary>There is no live code for this purpose: none was sent, or it expired, was used, replaced or withdrawn.</summary>
    NoCode = 2,

    /// <summary>The live code's attempts are used up; nothing was compared.</summary>
    AttemptsExhausted = 3,

    /// <summary>The target is locked after too many wrong guesses; nothing was compared.</summary>
    Locked = 4,

    /// <summary>The operation's id was used before for another request; nothing was done.</summary>
    OperationMismatch = 5,
}
