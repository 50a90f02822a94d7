using System.Net;
using Otp.Customers;
using Otp.Gateway.Http;

namespace Otp.Gateway.Flow;

/// <summary>One call as its surface shapes it: which fields come in, who is meant, how a refusal is worded.</summary>
internal abstract class OtpCall
{
    /// <summary>The call's name: part of what an <c>Idempotency-Key</c> stands for.</summary>
    public abstract string Name { get; }

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

    /// <summary>Answers with a refusal.</summary>
    public abstract Task RefuseAsync(Refusal refusal);
}

/// <summary>A call that sends a code.</summary>
internal interface ISend
{
    /// <summary>Answers that the code is sent.</summary>
    /// <param name="code">The code itself, only where <c>Otp:ExposeCodes</c> is set.</param>
    Task AnswerAsync(string? code);
}

/// <summary>A call that verifies a code.</summary>
internal interface IVerify
{
    /// <summary>The guess: ASCII digits, as many as the policy's codes have.</summary>
    string Code { get; }

    /// <summary>Whether a right code opens a session too; null if not.</summary>
    SignInRequest? SignIn => null;

    /// <summary>Answers that the code was right.</summary>
    /// <param name="signIn">The session, if <see cref="SignIn"/> asked for one.</param>
    Task AnswerAsync(SignInResult? signIn);
}
