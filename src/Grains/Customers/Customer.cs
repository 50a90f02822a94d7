using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Customers;

/// <summary>The customer behind a target, as the target's record keeps it. Immutable. Member names in storage never change.</summary>
/// <param name="Id">24 hexadecimal digits.</param>
/// <param name="Sealed">Address and name (<see cref="CustomerDetails"/>), encrypted.</param>
/// <param name="FirstVerifiedAt">When the first code was right, in UTC ticks.</param>
/// <param name="LastVerifiedAt">When the latest was.</param>
/// <param name="Sessions">The open sessions, the oldest first.</param>
public sealed record Customer(
    [property: JsonPropertyName("i")] string Id,
    [property: JsonPropertyName("d"), JsonConverter(typeof(Base64Converter))] ImmutableArray<byte> Sealed,
    [property: JsonPropertyName("f")] long FirstVerifiedAt,
    [property: JsonPropertyName("l")] long LastVerifiedAt,
    [property: JsonPropertyName("s")] ImmutableArray<OpenSession> Sessions)
{
    /// <summary>How many sessions a customer can have open; one more ends the oldest.</summary>
    public const int MaxSessions = 16;

    /// <summary>Opens a session.</summary>
    public Customer Open(OpenSession session) => this with
    {
        Sessions = (Sessions.Length < MaxSessions ? Sessions : Sessions.RemoveRange(0, Sessions.Length - MaxSessions + 1)).Add(session),
        LastVerifiedAt = Math.Max(LastVerifiedAt, session.OpenedAt),
    };

    /// <summary>Ends a session; the same object if it is not open.</summary>
    public Customer End(Guid session) =>
        Sessions.RemoveAll(open => open.Hash == session) is var left && left.Length < Sessions.Length ? this with { Sessions = left } : this;

    /// <summary>Without the sessions that are over at <paramref name="now"/> (UTC ticks); the same object if none is.</summary>
    public Customer Forget(long now) =>
        Sessions.RemoveAll(open => open.ExpiresAt <= now) is var left && left.Length < Sessions.Length ? this with { Sessions = left } : this;
}

/// <summary>An open session.</summary>
/// <param name="Hash">A keyed hash of the secret in its token.</param>
/// <param name="OpenedAt">When the code was right that opened it, in UTC ticks.</param>
/// <param name="ExpiresAt">When it ends, in UTC ticks.</param>
public sealed record OpenSession(
    [property: JsonPropertyName("h")] Guid Hash,
    [property: JsonPropertyName("o")] long OpenedAt,
    [property: JsonPropertyName("e")] long ExpiresAt);

/// <summary>What is known of the person.</summary>
/// <param name="Channel">What the address is.</param>
/// <param name="Address">The e-mail address or phone number, in canonical form.</param>
/// <param name="Name">The name that the first sign-in brought that had one; else null.</param>
public sealed record CustomerDetails(
    [property: JsonPropertyName("c")] Channel Channel,
    [property: JsonPropertyName("a")] string Address,
    [property: JsonPropertyName("n")] string? Name)
{
    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(CustomerDetails);
}
