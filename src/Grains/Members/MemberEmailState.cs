using System.Text.Json.Serialization;

namespace Otp.Members;

/// <summary>What is stored of one member's e-mail address. Member names in storage never change.</summary>
public sealed record MemberEmailState
{
    public static readonly MemberEmailState Empty = new();

    /// <summary>The key of the member's grain; empty for nobody.</summary>
    [JsonPropertyName("o")]
    public string Owner { get; init; } = string.Empty;

    /// <summary>When it was written, in UTC ticks.</summary>
    [JsonPropertyName("t")]
    public long WrittenAt { get; init; }
}
