using Otp.Customers;

namespace Otp.Targets;

/// <summary>What came of a <see cref="VerifyRequest"/>.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="SignIn">The session that the right code opened, if the request asked for one; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("otp.VerifyOutcome")]
public sealed record VerifyOutcome([property: Id(0)] VerifyStatus Status, [property: Id(1)] SignInResult? SignIn = null);
