using System.Collections.Immutable;

namespace Otp.Stateless;

/// <summary>What a send came to.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Sends">The accepted sends that are remembered, in ticks since the Unix epoch, the oldest first.</param>
/// <param name="Repeated">A repeat: the nonce of its code while that is alive.</param>
/// <param name="OpenFrom">If refused: the first instant, in ticks since the Unix epoch, at which a send can succeed.</param>
internal readonly record struct SendReply(SendReplyStatus Status, ImmutableArray<long> Sends, Guid? Repeated, long OpenFrom);

/// <summary>How a send ended; the numbers are the script's.</summary>
internal enum SendReplyStatus
{
    Sent = 1,
    RateLimited = 2,
    Locked = 3,
    OperationMismatch = 4,
}
