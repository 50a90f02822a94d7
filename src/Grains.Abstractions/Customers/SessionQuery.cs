using System.Collections.Immutable;

namespace Otp.Customers;

/// <summary>Names a session of a target by the secret in its token.</summary>
[GenerateSerializer, Immutable, Alias("otp.SessionQuery")]
public sealed record SessionQuery([property: Id(0)] ImmutableArray<byte> Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(SessionQuery);
}
