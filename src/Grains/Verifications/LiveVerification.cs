using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Otp.Storage;
using Otp.Targets;

namespace Otp.Verifications;

/// <summary>What a live code keeps for the Verify surface, in the target's record. Immutable. Member names in storage never change.</summary>
/// <param name="Sends">The messages that it went out with, the oldest first.</param>
/// <param name="Payment">A keyed hash of what it approves; 0 for nothing in particular.</param>
/// <param name="Sealed">Where it went and what it approves (<see cref="VerificationDetails"/>), encrypted.</param>
public sealed record LiveVerification(
    [property: JsonPropertyName("s")] ImmutableArray<SentMessage> Sends,
    [property: JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ulong Payment,
    [property: JsonPropertyName("x"), JsonConverter(typeof(Base64Converter))] ImmutableArray<byte> Sealed)
{
    /// <summary>How many messages are kept: the first and the latest.</summary>
    public const int MaxSends = 16;

    /// <summary>With one more message.</summary>
    public LiveVerification Send(SentMessage message) =>
        this with { Sends = (Sends.Length < MaxSends ? Sends : Sends.RemoveAt(1)).Add(message) };
}

/// <summary>A message that a code went out with.</summary>
/// <param name="At">When it was decided, in UTC ticks.</param>
/// <param name="Channel">How it travelled.</param>
public sealed record SentMessage(
    [property: JsonPropertyName("t")] long At,
    [property: JsonPropertyName("c")] VerificationChannel Channel);

/// <summary>Where a code went and what it approves.</summary>
/// <param name="Channel">What the address is.</param>
/// <param name="Address">The e-mail address or phone number, in canonical form.</param>
/// <param name="Amount">The amount of the payment; null for none.</param>
/// <param name="Payee">Who is paid; null for nobody.</param>
public sealed record VerificationDetails(
    [property: JsonPropertyName("c")] Channel Channel,
    [property: JsonPropertyName("a")] string Address,
    [property: JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Amount,
    [property: JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payee)
{
    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(VerificationDetails);
}
