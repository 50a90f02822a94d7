using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;

namespace Otp.Members;

/// <summary>The record of one member. Member names in storage never change.</summary>
public sealed record MemberState
{
    public static readonly MemberState Empty = new();

    /// <summary>The <see cref="Member"/>, encrypted; empty if there is none.</summary>
    [JsonPropertyName("m")]
    [JsonConverter(typeof(Base64Converter))]
    public ImmutableArray<byte> Sealed { get; init; } = [];

    /// <summary>When it was written, in UTC ticks.</summary>
    [JsonPropertyName("t")]
    public long WrittenAt { get; init; }
}

/// <summary>The record of one e-mail address: the member that claims it. Member names in storage never change.</summary>
public sealed record MemberEmailState
{
    public static readonly MemberEmailState Empty = new();

    /// <summary>The key of the member's grain; empty if nobody claims the address.</summary>
    [JsonPropertyName("o")]
    public string Owner { get; init; } = string.Empty;

    /// <summary>When it was written, in UTC ticks.</summary>
    [JsonPropertyName("t")]
    public long WrittenAt { get; init; }
}
