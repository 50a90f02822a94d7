using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Customers;

/// <summary>The record of one session. Member names in storage never change.</summary>
public sealed record SessionState
{
    public static readonly SessionState Empty = new();

    [JsonPropertyName("p")]
    public string Program { get; init; } = string.Empty;

    /// <summary>The identity, encrypted under the session's token, which is not stored.</summary>
    [JsonPropertyName("d")]
    [JsonConverter(typeof(Base64Converter))]
    public ImmutableArray<byte> SealedIdentity { get; init; } = [];

    /// <summary>When the session ends, in UTC ticks; 0 if it was never opened.</summary>
    [JsonPropertyName("e")]
    public long ExpiresAt { get; init; }
}
