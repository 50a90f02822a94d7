namespace Otp.Targets;

/// <summary>Names one send or one verify, so that a repeat of it has no second effect.</summary>
/// <param name="Id">128 bits: random, or a keyed hash of the caller's <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">
/// A keyed hash of the request. The same id with another fingerprint is another request that reuses an idempotency key. Zero where the id
/// is random and cannot be reused.
/// </param>
[GenerateSerializer, Immutable, Alias("otp.Operation")]
public readonly record struct Operation([property: Id(0)] Guid Id, [property: Id(1)] ulong Fingerprint)
{
    /// <summary>An operation that only this request knows.</summary>
    public static Operation New() => new(Guid.NewGuid(), 0);
}

/// <summary>
/// One of the attempts that a gateway makes for one call. An attempt that the gateway gave up may arrive after another one was answered. It
/// then gets the same answer, also if that was a refusal, which no record keeps.
/// </summary>
/// <param name="Call">Names the call: unique for each request of a caller, even where two requests have the same operation.</param>
/// <param name="Number">Which attempt it is, from 0.</param>
[GenerateSerializer, Immutable, Alias("otp.Attempt")]
public readonly record struct Attempt([property: Id(0)] Guid Call, [property: Id(1)] int Number);
