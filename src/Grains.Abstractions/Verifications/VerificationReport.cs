using System.Collections.Immutable;
using Otp.Targets;

namespace Otp.Verifications;

/// <summary>A verification: a live code of a target, without its digits, as the Verify surface shows it.</summary>
/// <param name="Sid">Its SID, <c>VE…</c>.</param>
/// <param name="Recipient">Where the code went; null where the caller names it.</param>
/// <param name="CreatedAt">When the code was made.</param>
/// <param name="UpdatedAt">When it was last sent or guessed at.</param>
/// <param name="ExpiresAt">The last instant at which it is accepted.</param>
/// <param name="IsExhausted">Whether its attempts are used up.</param>
/// <param name="Sends">The messages it went out with, the oldest first.</param>
/// <param name="Payment">What it approves; null for nothing in particular.</param>
[GenerateSerializer, Immutable, Alias("otp.VerificationReport")]
public sealed record VerificationReport(
    [property: Id(0)] string Sid,
    [property: Id(1)] Target? Recipient,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] DateTimeOffset UpdatedAt,
    [property: Id(4)] DateTimeOffset ExpiresAt,
    [property: Id(5)] bool IsExhausted,
    [property: Id(6)] ImmutableArray<VerificationSend> Sends,
    [property: Id(7)] Payment? Payment);

/// <summary>A message that a code went out with.</summary>
/// <param name="Sid">Its SID, <c>VL…</c>.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Channel">How it travelled.</param>
[GenerateSerializer, Immutable, Alias("otp.VerificationSend")]
public sealed record VerificationSend(
    [property: Id(0)] string Sid, [property: Id(1)] DateTimeOffset At, [property: Id(2)] VerificationChannel Channel);
