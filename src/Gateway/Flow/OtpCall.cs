using System.Net;
using Otp.Customers;
using Otp.Verifications;

namespace Otp.Gateway.Flow;

/// <summary>One call as its surface shapes it: which fields come in, who is meant, how a refusal is worded.</summary>
internal abstract class OtpCall
{
    /// <summary>The call's name: part of what an <c>Idempotency-Key</c> stands for.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the body is a form; else it is JSON.</summary>
    public virtual bool TakesForm => false;

    /// <summary>Why the code is asked for; known once the fields are read.</summary>
    public virtual Purpose Purpose => Purpose.None;

    /// <summary>Where the end user is, if the client says so; known once the fields are read.</summary>
    public virtual IPAddress? EndUser => null;

    /// <summary>What else an <c>Idempotency-Key</c> stands for, beside name, purpose and recipient.</summary>
    public abstract string?[] Payload { get; }

    /// <summary>Reads the fields; the body notes those at fault.</summary>
    public abstract void Read(JsonBody body);

    /// <summary>Why well-formed fields are refused all the same; null if they are not. Nothing is counted before.</summary>
    public abstract Refusal? Check();

    /// <summary>Finds who is meant; null if the token is bound to another member.</summary>
    public abstract ValueTask<Recipient?> FindAsync();

    public abstract Task RefuseAsync(Refusal refusal);

    /// <summary>Answers that a guess was not right. Only a surface that tells its callers the reason looks at the outcome.</summary>
    public virtual Task RefuseGuessAsync(VerifyOutcome outcome) => RefuseAsync(Refusal.InvalidCode);
}

/// <summary>A call that sends a code.</summary>
internal interface ISend
{
    /// <summary>What the Verify surface asks for; null on every other.</summary>
    VerificationStart? Verification => null;

    /// <summary>Answers that the code is sent.</summary>
    /// <param name="code">The code itself, only where <c>Otp:ExposeCodes</c> is set.</param>
    /// <param name="verification">The verification, if <see cref="Verification"/> asked for one.</param>
    Task AnswerAsync(string? code, VerificationReport? verification);
}

/// <summary>A call that verifies a code.</summary>
internal interface IVerify
{
    /// <summary>The guess: ASCII digits, as many as the policy's codes have.</summary>
    string Code { get; }

    /// <summary>Whether a right code opens a session too; null if not.</summary>
    SignInRequest? SignIn => null;

    /// <summary>Which verification the guess is for; null on every surface but Verify.</summary>
    VerificationQuery? Verification => null;

    Task AnswerAsync(VerifyOutcome outcome);
}
