using System.Text.Json.Serialization;

namespace Otp.Delivery;

/// <summary>What a provider said of a message, in the target's record. Member names in storage never change.</summary>
/// <param name="State">What became of the message.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Delivery">Which delivery of the send it is about, from 0.</param>
/// <param name="Reason">Why the message did not arrive.</param>
public sealed record MessageReport(
    [property: JsonPropertyName("s")] DeliveryState State,
    [property: JsonPropertyName("p")] string? Provider,
    [property: JsonPropertyName("d"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Delivery = 0,
    [property: JsonPropertyName("r"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] UndeliveredReason Reason = UndeliveredReason.Unknown)
{
    /// <summary>Whether it says more than what is known: something later of the same delivery, or anything of a later one. What has arrived stays so.</summary>
    /// <param name="known">What is known; null if nothing is.</param>
    public bool Advances(MessageReport? known) =>
        State != DeliveryState.Unknown
        && known?.State != DeliveryState.Delivered
        && (known is null || State == DeliveryState.Delivered || Delivery > known.Delivery || (Delivery == known.Delivery && State > known.State));
}
