using System.Collections.Immutable;

namespace Otp.Customers;

/// <summary>A session as it is stored.</summary>
/// <param name="Program">The program it belongs to.</param>
/// <param name="SealedIdentity">The identity, encrypted under the session's token: nobody without the token can read it.</param>
/// <param name="ExpiresAt">The session's end.</param>
[GenerateSerializer, Immutable, Alias("otp.SessionTicket")]
public sealed record SessionTicket(
    [property: Id(0)] string Program,
    [property: Id(1)] ImmutableArray<byte> SealedIdentity,
    [property: Id(2)] DateTimeOffset ExpiresAt);
