namespace Otp.Operations;

/// <summary>Names one send or one verify, so that a repeat of it has no second effect.</summary>
/// <param name="Id">128 bits: random, or a keyed hash of the caller's <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">
/// A keyed hash of what was asked; the same id with another fingerprint is another request under a used name. Zero where the id
/// is random and cannot be reused.
/// </param>
[GenerateSerializer, Immutable, Alias("otp.Operation")]
public readonly record struct Operation([property: Id(0)] Guid Id, [property: Id(1)] ulong Fingerprint);
