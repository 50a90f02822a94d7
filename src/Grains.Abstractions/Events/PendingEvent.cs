using System.Text.Json.Serialization;
using Otp.Verifications;

namespace Otp.Events;

/// <summary>Something that happened to a target and that the program's endpoint is still to be told. Member names in storage never change.</summary>
/// <param name="Type">What happened.</param>
/// <param name="At">When, in UTC ticks: whole microseconds, and later than the target's event before it, so that it names the event too.</param>
/// <param name="Purpose">What the code is for.</param>
/// <param name="Nonce">The code, by its nonce; empty if it is about none.</param>
[GenerateSerializer, Immutable, Alias("otp.PendingEvent")]
public sealed record PendingEvent(
    [property: Id(0), JsonPropertyName("t")] EventType Type,
    [property: Id(1), JsonPropertyName("a")] long At,
    [property: Id(2), JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Purpose Purpose = default,
    [property: Id(3), JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid Nonce = default)
{
    /// <summary>How the code travelled; null where the act does not say.</summary>
    [Id(4)]
    [JsonPropertyName("c")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VerificationChannel? Channel { get; init; }

    /// <summary>Why a message does not arrive, as a category; otherwise null.</summary>
    [Id(5)]
    [JsonPropertyName("r")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>When the lockout ends, in UTC ticks; otherwise 0.</summary>
    [Id(6)]
    [JsonPropertyName("u")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LockedUntil { get; init; }

    /// <summary>The address, encrypted, in base64; null where the program does not want it.</summary>
    [Id(7)]
    [JsonPropertyName("x")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sealed { get; init; }

    /// <summary>The type alone.</summary>
    public override string ToString() => $"{nameof(PendingEvent)} {Type}";
}
