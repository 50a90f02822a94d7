using Otp.Delivery;

namespace Otp.Targets;

/// <summary>What became of the message of one send.</summary>
/// <param name="SentAt">When the send was decided.</param>
/// <param name="State">What is known of the message.</param>
/// <param name="Reason">Why it did not arrive; null unless it did not.</param>
/// <param name="Provider">The provider that said so; null where none has reported.</param>
[GenerateSerializer, Immutable, Alias("otp.SendReport")]
public sealed record SendReport(
    [property: Id(0)] DateTimeOffset SentAt,
    [property: Id(1)] DeliveryState State,
    [property: Id(2)] UndeliveredReason? Reason,
    [property: Id(3)] string? Provider);
