namespace Otp.Targets;

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
