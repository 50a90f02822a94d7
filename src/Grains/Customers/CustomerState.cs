using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Customers;

/// <summary>The record of one customer; it does not reveal who that is. Member names in storage never change.</summary>
public sealed record CustomerState
{
    public static readonly CustomerState Empty = new();

    /// <summary>24 hexadecimal digits; empty until the first sign-in.</summary>
    [JsonPropertyName("i")]
    public string Id { get; init; } = string.Empty;

    /// <summary>The name, encrypted; empty until a sign-in gives one.</summary>
    [JsonPropertyName("n")]
    [JsonConverter(typeof(Base64Converter))]
    public ImmutableArray<byte> SealedName { get; init; } = [];

    /// <summary>The sessions that may still be open, so that an erase can close them all.</summary>
    [JsonPropertyName("s")]
    public ImmutableArray<OpenSession> Sessions { get; init; } = [];
}

/// <summary>A session of a customer.</summary>
/// <param name="Key">The key of its grain.</param>
/// <param name="ExpiresAt">When it ends, in UTC ticks.</param>
public sealed record OpenSession(
    [property: JsonPropertyName("k")] string Key,
    [property: JsonPropertyName("e")] long ExpiresAt);
