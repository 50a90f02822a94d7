using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Otp.Fraud;

/// <summary>What is counted of one prefix, stored as JSON. Immutable. Member names in storage never change.</summary>
public sealed record PrefixState
{
    public static readonly PrefixState Empty = new();

    /// <summary>The minutes in which there were sends, the oldest first.</summary>
    [JsonPropertyName("m")]
    public ImmutableArray<PrefixMinute> Minutes { get; init; } = [];

    /// <summary>
    /// How many more sends the activation that wrote this may accept without a further write. Another activation cannot know whether it did,
    /// and counts them all.
    /// </summary>
    [JsonPropertyName("l")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Leased { get; init; }

    /// <summary>The last minute in which it may.</summary>
    [JsonPropertyName("u")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LeasedUntil { get; init; }

    /// <summary>The first instant at which the prefix is open again, in UTC ticks; 0 if it is not blocked.</summary>
    [JsonPropertyName("b")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BlockedUntil { get; init; }

    /// <summary>Whether this activation holds the lease. It is not stored.</summary>
    [JsonIgnore]
    public bool IsOwn { get; init; }

    /// <summary>How many conversions are in memory alone.</summary>
    [JsonIgnore]
    public int Unsaved { get; init; }

    /// <summary>Whether nothing is counted and nothing blocked.</summary>
    [JsonIgnore]
    public bool IsEmpty => Minutes.IsEmpty && BlockedUntil == 0;
}

/// <summary>What is counted of one minute.</summary>
/// <param name="Minute">Its number since the beginning of UTC ticks.</param>
/// <param name="Sends">Sends that were accepted in it.</param>
/// <param name="Conversions">How many of them were verified, whenever.</param>
public sealed record PrefixMinute(
    [property: JsonPropertyName("t")] int Minute,
    [property: JsonPropertyName("s")] int Sends,
    [property: JsonPropertyName("c")] int Conversions);
