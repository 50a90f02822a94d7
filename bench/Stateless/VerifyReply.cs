namespace Otp.Stateless;

/// <summary>What a verify came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="At">If right: when, in Unix milliseconds.</param>
/// <param name="Nonce">If right: the code's nonce.</param>
internal readonly record struct VerifyReply(VerifyReplyStatus Status, long At, Guid Nonce);

/// <summary>How a verify ended; the numbers are the script's.</summary>
internal enum VerifyReplyStatus
{
    Verified = 1,
    Refused = 2,
    OperationMismatch = 4,
}
