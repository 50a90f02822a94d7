using System.Collections.Immutable;

namespace Otp.Delivery;

/// <summary>What came into the development inbox since a message.</summary>
/// <param name="IsWhole">Whether it is all that is kept, because that message is not.</param>
/// <param name="Messages">Newest first.</param>
[GenerateSerializer, Immutable, Alias("otp.InboxNews")]
public sealed record InboxNews(
    [property: Id(0)] bool IsWhole,
    [property: Id(1)] ImmutableArray<InboxMessage> Messages);
