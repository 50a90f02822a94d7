using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Members;

/// <summary>What is stored of one member. Member names in storage never change.</summary>
public sealed record MemberState
{
    public static readonly MemberState Empty = new();

    /// <summary>The <see cref="Member"/>, encrypted; empty for nobody.</summary>
    [JsonPropertyName("m")]
    [JsonConverter(typeof(Base64Converter))]
    public ImmutableArray<byte> Sealed { get; init; } = [];

    /// <summary>When it was written, in UTC ticks.</summary>
    [JsonPropertyName("t")]
    public long WrittenAt { get; init; }
}
