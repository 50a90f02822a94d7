using System.Text.Json.Serialization;
using Otp.Verifications;

namespace Otp.Targets;

/// <summary>A code that was sent: not its digits, but what they are derived from with a secret key.</summary>
/// <param name="Purpose">Its purpose.</param>
/// <param name="Nonce">128 random bits that only this code has.</param>
/// <param name="KeyId">Which code key it is derived with (<see cref="OneTimeCodes"/>).</param>
/// <param name="Length">Its digits.</param>
/// <param name="ExpiresAt">The last instant at which it is accepted, in UTC ticks.</param>
/// <param name="Attempts">Guesses compared with it so far.</param>
public sealed record LiveCode(
    [property: JsonPropertyName("p")] Purpose Purpose,
    [property: JsonPropertyName("n")] Guid Nonce,
    [property: JsonPropertyName("k")] uint KeyId,
    [property: JsonPropertyName("d")] int Length,
    [property: JsonPropertyName("e")] long ExpiresAt,
    [property: JsonPropertyName("a")] int Attempts = 0)
{
    /// <summary>
    /// Whether no guess is right, because nobody has the code: its recipient cannot be reached. Guesses are compared and counted all the same,
    /// so that nothing tells such an address from one that is not registered.
    /// </summary>
    [JsonPropertyName("w")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsWithdrawn { get; init; }

    /// <summary>
    /// What is added to the derived digits, modulo their range: a caller's own code, hidden as by a one-time pad, since the derived one is as
    /// good as random to whoever lacks the key. 0 for a code that is the derived one.
    /// </summary>
    [JsonPropertyName("o")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Offset { get; init; }

    /// <summary>The minute that the fraud guard counts its latest send in (<see cref="Fraud.IPrefixGrain"/>); 0 where it counts none.</summary>
    [JsonPropertyName("g")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int CountedIn { get; init; }

    /// <summary>
    /// How many messages went out before the latest, with this code or with one that it replaced while that lived; counted where the policy
    /// orders a fall-back, which depends on it.
    /// </summary>
    [JsonPropertyName("r")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Resends { get; init; }

    /// <summary>What it keeps for the Verify surface; null where that did not send it.</summary>
    [JsonPropertyName("v")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LiveVerification? Verification { get; init; }
}
