using Otp.Targets;

namespace Otp.Delivery;

/// <summary>One message in the development inbox.</summary>
/// <param name="Id">A random name for the message, unique in the inbox.</param>
/// <param name="ReceivedAt">When the provider was given it.</param>
/// <param name="Program">The id of the program that sent it.</param>
/// <param name="Channel">How it would have travelled.</param>
/// <param name="To">The canonical target.</param>
/// <param name="Subject">The subject; null for an SMS.</param>
/// <param name="Html">The HTML form; null for an SMS.</param>
[GenerateSerializer, Immutable, Alias("otp.InboxMessage")]
public sealed record InboxMessage(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset ReceivedAt,
    [property: Id(2)] string Program,
    [property: Id(3)] Channel Channel,
    [property: Id(4)] string To,
    [property: Id(5)] string? Subject,
    [property: Id(6)] string Text,
    [property: Id(7)] string? Html,
    [property: Id(8)] string Code)
{
    /// <summary>The message's id alone: nothing of its content may leak by being formatted.</summary>
    public override string ToString() => Id;
}
