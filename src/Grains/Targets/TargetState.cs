using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Customers;
using Otp.Events;

namespace Otp.Targets;

/// <summary>The state of one target, stored as JSON. Immutable: a decision creates a new one.</summary>
/// <remarks>Instants are UTC ticks, so that every deadline is exact. Member names in storage never change.</remarks>
public sealed record TargetState
{
    public static readonly TargetState Empty = new();

    /// <summary>When sends were accepted, the oldest first.</summary>
    [JsonPropertyName("s")]
    public ImmutableArray<long> Sends { get; init; } = [];

    /// <summary>At most one code for each purpose. An exhausted code stays until it expires or is replaced.</summary>
    [JsonPropertyName("c")]
    public ImmutableArray<LiveCode> Codes { get; init; } = [];

    /// <summary>The latest operations, the oldest first.</summary>
    [JsonPropertyName("o")]
    public ImmutableArray<CompletedOperation> Operations { get; init; } = [];

    /// <summary>Consecutive wrong guesses, across codes.</summary>
    [JsonPropertyName("w")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WrongGuesses { get; init; }

    /// <summary>When the latest of them was made; 0 if there is none.</summary>
    [JsonPropertyName("wa")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LastWrongGuess { get; init; }

    /// <summary>The first instant at which the target is open again; 0 if it is not locked.</summary>
    [JsonPropertyName("l")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long LockedUntil { get; init; }

    /// <summary>Who signed in with a code; null if nobody did.</summary>
    [JsonPropertyName("u")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Customer? Customer { get; init; }

    /// <summary>What the program's endpoint is still to be told; null where it was never told anything.</summary>
    [JsonPropertyName("ev")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventOutbox? Outbox { get; init; }

    /// <summary>Whether events wait.</summary>
    [JsonIgnore]
    public bool HasEvents => Outbox is { Pending.IsEmpty: false };

    /// <summary>Whether the state holds nothing.</summary>
    [JsonIgnore]
    public bool IsEmpty =>
        Sends.IsEmpty && Codes.IsEmpty && Operations.IsEmpty && WrongGuesses == 0 && LockedUntil == 0 && Customer is null && !HasEvents;

    /// <summary>The code for a purpose; null if there is none.</summary>
    public LiveCode? CodeFor(Purpose purpose)
    {
        foreach (var code in Codes)
        {
            if (code.Purpose == purpose)
            {
                return code;
            }
        }

        return null;
    }
}
