using System.Text.Json.Serialization;
using Otp.Targets;
using Otp.Verifications;

namespace Otp.Delivery;

/// <summary>What a message needs, beside its code, to be written again for another provider; sealed in the target's record. Member names in storage never change.</summary>
/// <param name="Channel">What the address is.</param>
/// <param name="Address">The e-mail address or phone number, as it was written in canonical form.</param>
/// <param name="Locale">As in <see cref="SendRequest.Locale"/>.</param>
/// <param name="Via">How the Verify surface wants it to travel; null on every other.</param>
/// <param name="FriendlyName">The program's name in this message; null for its own.</param>
/// <param name="Amount">The amount of the payment; null for none.</param>
/// <param name="Payee">Who is paid; null for nobody.</param>
public sealed record HandOverDetails(
    [property: JsonPropertyName("c")] Channel Channel,
    [property: JsonPropertyName("a")] string Address,
    [property: JsonPropertyName("l"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Locale,
    [property: JsonPropertyName("v"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] VerificationChannel? Via,
    [property: JsonPropertyName("n"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? FriendlyName,
    [property: JsonPropertyName("m"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Amount,
    [property: JsonPropertyName("p"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Payee)
{
    public static HandOverDetails Of(SendRequest request) => new(
        request.Target.Channel,
        request.Target.Value,
        request.Locale,
        request.Verification?.Channel,
        request.Verification?.FriendlyName,
        request.Verification?.Payment?.Amount,
        request.Verification?.Payment?.Payee);

    /// <summary>The send, as far as its message needs it.</summary>
    public SendRequest ToRequest(Purpose purpose, Operation operation) => new(new Target(Channel, Address), purpose, operation, Locale)
    {
        Verification = Via is not { } via ? null
            : new VerificationStart(via, CustomCode: null, Amount is not null && Payee is not null ? new Payment(Amount, Payee) : null, FriendlyName),
    };

    /// <summary>Nothing of the person.</summary>
    public override string ToString() => nameof(HandOverDetails);
}
