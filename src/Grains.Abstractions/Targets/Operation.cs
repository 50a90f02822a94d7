namespace Otp.Targets;

/// <summary>Names one send or one verify, so that a repeat of it has no second effect.</summary>
/// <param name="Id">128 bits: random, or a keyed hash of the caller's <c>Idempotency-Key</c>.</param>
/// <param name="Fingerprint">A keyed hash of the request, which tells a repeat from another request of the same id; zero where the id is random.</param>
[GenerateSerializer, Immutable, Alias("otp.Operation")]
public readonly record struct Operation([property: Id(0)] Guid Id, [property: Id(1)] ulong Fingerprint)
{
    /// <summary>An operation that only this request knows.</summary>
    public static Operation New() => new(Guid.NewGuid(), 0);
}

/// <summary>One of a gateway's attempts at a call. A late one gets the same answer as the others, also a refusal, which no record keeps.</summary>
/// <param name="Call">Names the call: unique for each request of a caller, even where two requests have the same operation.</param>
/// <param name="Number">Which attempt it is, from 0.</param>
[GenerateSerializer, Immutable, Alias("otp.Attempt")]
public readonly record struct Attempt([property: Id(0)] Guid Call, [property: Id(1)] int Number);
