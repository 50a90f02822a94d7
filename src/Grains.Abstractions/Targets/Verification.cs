namespace Otp.Targets;

/// <summary>A target's proven possession, at one moment.</summary>
/// <param name="At">When the right code was accepted.</param>
/// <param name="Proof">
/// 128 bits that name this one proof: a repeat of the same verify carries the same, any other verify another. What is made from it
/// (a session) is therefore made once.
/// </param>
[GenerateSerializer, Immutable, Alias("otp.Verification")]
public sealed record Verification([property: Id(0)] DateTimeOffset At, [property: Id(1)] Guid Proof)
{
    public override string ToString() => $"{nameof(Verification)} {At:O}";
}
