using System.Collections.Immutable;

namespace Otp.Delivery;

/// <summary>Names one delivery of a send.</summary>
/// <param name="Operation">The id of the send.</param>
/// <param name="SentAt">When the send was decided, in UTC ticks.</param>
/// <param name="Number">Which delivery of the send it is, from 0.</param>
[GenerateSerializer, Immutable, Alias("otp.DeliveryId")]
public readonly record struct DeliveryId(
    [property: Id(0)] Guid Operation, [property: Id(1)] long SentAt, [property: Id(2)] int Number);

/// <summary>A provider's report on a delivery as it came: only a silo has what it is signed with, and knows how the provider writes it.</summary>
/// <param name="Delivery">The delivery that the address stands for.</param>
/// <param name="Path">The path that it came to, below <c>ReceiptTokens.Root</c>.</param>
/// <param name="Signature">The signature; null where there is none.</param>
/// <param name="Id">The report's own name, where it is signed with it.</param>
/// <param name="Timestamp">When it was signed, where it is signed with that.</param>
[GenerateSerializer, Immutable, Alias("otp.ReceiptRequest")]
public sealed record ReceiptRequest(
    [property: Id(0)] DeliveryId Delivery,
    [property: Id(1)] string Provider,
    [property: Id(2)] string Path,
    [property: Id(3)] ImmutableArray<byte> Body,
    [property: Id(4)] string? Signature,
    [property: Id(5)] string? Id = null,
    [property: Id(6)] string? Timestamp = null)
{
    /// <summary>The provider alone: the body may hold an address.</summary>
    public override string ToString() => $"{nameof(ReceiptRequest)} {Provider}";
}

/// <summary>What is answered to a <see cref="ReceiptRequest"/>.</summary>
public enum ReceiptStatus
{
    /// <summary>It is genuine; it may have changed nothing.</summary>
    Taken = 0,

    /// <summary>It is not signed by the provider.</summary>
    Forged = 1,

    /// <summary>It is signed, and is no report.</summary>
    Malformed = 2,

    /// <summary>There is no such provider, or none that reports.</summary>
    UnknownProvider = 3,
}
