using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Delivery;
using Otp.Storage;

namespace Otp.Targets;

/// <summary>The result of an operation, kept so that a repeat gets the same answer and has no second effect.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="Fingerprint">A keyed hash of the request.</param>
/// <param name="At">When it was decided, in UTC ticks.</param>
/// <param name="Result">The result.</param>
/// <param name="Nonce">The code that it sent, compared or consumed, by its nonce; empty otherwise.</param>
public sealed record CompletedOperation(
    [property: JsonPropertyName("i")] Guid Id,
    [property: JsonPropertyName("f")] ulong Fingerprint,
    [property: JsonPropertyName("t")] long At,
    [property: JsonPropertyName("r")] OperationResult Result,
    [property: JsonPropertyName("n")] Guid Nonce)
{
    /// <summary>
    /// Whether a provider took the message from this activation. It is not stored: another activation cannot know it, and sends the same
    /// code again on a repeat.
    /// </summary>
    [JsonIgnore]
    public bool Delivered { get; init; }

    /// <summary>How many repeats have sent the same code again, or handed it over, each durable before its message leaves.</summary>
    [JsonPropertyName("d")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Redeliveries { get; init; }

    /// <summary>How many of all the deliveries are known to have failed; the code is withdrawn when all have.</summary>
    [JsonPropertyName("x")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int FailedDeliveries { get; init; }

    /// <summary>
    /// The code that this send replaced, which comes back if the send is withdrawn; null if there was none, or once a provider has taken the
    /// message.
    /// </summary>
    [JsonPropertyName("e")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveCode? Earlier { get; init; }

    /// <summary>Whether this send repeated a code that an earlier one made.</summary>
    [JsonPropertyName("p")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RepeatsCode { get; init; }

    /// <summary>What is known of the message beyond that a provider took it; null for no more. It is durable where a provider reported it.</summary>
    [JsonPropertyName("s")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MessageReport? Report { get; init; }

    /// <summary>
    /// What the message needs to go to another provider (<see cref="HandOverDetails"/>), sealed; nothing where the program hands no messages
    /// over, and once this one was.
    /// </summary>
    [JsonPropertyName("h")]
    [JsonConverter(typeof(Base64Converter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableArray<byte> HandOver { get; init; }

    /// <summary>The verification that it ended, by its code, for the answer of a repeat; null for every other operation.</summary>
    [JsonPropertyName("v")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveCode? Ended { get; init; }

    /// <summary>Whether it is the same send: an id that was forgotten, or erased, may name another one by now.</summary>
    public bool IsSame(CompletedOperation other) => Id == other.Id && At == other.At && Nonce == other.Nonce;
}

/// <summary>The result of an operation that had an effect. The numbers are stored and never change.</summary>
public enum OperationResult
{
    Sent = 0,
    DeliveryFailed = 1,
    Verified = 2,
    WrongCode = 3,
    Undeliverable = 4,
    Canceled = 10,
    Approved = 11,
}
