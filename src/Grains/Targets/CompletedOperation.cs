using System.Text.Json.Serialization;

namespace Otp.Targets;

/// <summary>What came of an operation, kept so that a repeat gets the same answer and has no second effect.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="Fingerprint">What was asked, as a keyed hash.</param>
/// <param name="At">When it was decided, in UTC ticks.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Nonce">The code that it sent or consumed, by its nonce; empty otherwise.</param>
public sealed record CompletedOperation(
    [property: JsonPropertyName("i")] Guid Id,
    [property: JsonPropertyName("f")] ulong Fingerprint,
    [property: JsonPropertyName("t")] long At,
    [property: JsonPropertyName("r")] OperationResult Result,
    [property: JsonPropertyName("n")] Guid Nonce)
{
    /// <summary>
    /// Whether this activation saw the message leave. Not stored: once the activation is gone nobody can know, and a repeat sends
    /// the same code again.
    /// </summary>
    [JsonIgnore]
    public bool Delivered { get; init; }

    /// <summary>How many repeats have sent the same code again, each durable before its message leaves.</summary>
    [JsonPropertyName("d")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Redeliveries { get; init; }

    /// <summary>How many of all the deliveries are known to have failed; the code is withdrawn when all have.</summary>
    [JsonPropertyName("x")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FailedDeliveries { get; init; }
}
