namespace Otp.Members;

/// <summary>What came of the wish to have an e-mail address.</summary>
/// <param name="IsTaken">Another member has it; nothing was done.</param>
/// <param name="Previous">Who the member was before; null for nobody, or if nothing was done.</param>
[GenerateSerializer, Immutable, Alias("otp.EmailAssignment")]
public sealed record EmailAssignment([property: Id(0)] bool IsTaken, [property: Id(1)] Member? Previous);
