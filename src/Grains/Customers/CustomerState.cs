using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Customers;

/// <summary>What is stored of one customer; nothing in it says who it is. Member names in storage never change.</summary>
public sealed record CustomerState
{
    public static readonly CustomerState Empty = new();

    /// <summary>24 hexadecimal digits; empty until the first sign-in.</summary>
    [JsonPropertyName("i")]
    public string Id { get; init; } = string.Empty;

    /// <summary>The name, encrypted; empty if none was given yet.</summary>
    [JsonPropertyName("n")]
    [JsonConverter(typeof(Base64Converter))]
    public ImmutableArray<byte> SealedName { get; init; } = [];

    /// <summary>The sessions that may still be open, so that all of them can be closed.</summary>
    [JsonPropertyName("s")]
    public ImmutableArray<OpenSession> Sessions { get; init; } = [];
}
