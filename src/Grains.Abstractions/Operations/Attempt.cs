namespace Otp.Operations;

/// <summary>
/// One of the attempts that a gateway makes for one call. One that was given up may arrive late, after another one has been answered, and then
/// gets the same answer: also where that was a refusal, which is remembered nowhere else.
/// </summary>
/// <param name="Call">Names the call: unique, and another one for each request of a caller, also where its operation is the same.</param>
/// <param name="Number">Which attempt it is, from 0.</param>
[GenerateSerializer, Immutable, Alias("otp.Attempt")]
public readonly record struct Attempt([property: Id(0)] Guid Call, [property: Id(1)] int Number);
