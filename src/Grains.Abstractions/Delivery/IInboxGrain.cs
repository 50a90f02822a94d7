using System.Collections.Immutable;
using Otp.Targets;

namespace Otp.Delivery;

/// <summary>The development inbox of a cluster: what the <c>inbox</c> provider was given, for any gateway to read.</summary>
[Alias("otp.IInboxGrain")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>The key of the one inbox that a cluster has.</summary>
    const string Key = "inbox";

    /// <summary>Keeps a message; beyond 200 the oldest is forgotten.</summary>
    [Alias("Add")]
    Task Add(InboxMessage message);

    /// <summary>The kept messages, newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<InboxMessage>> List();

    /// <summary>What came after the message with this id; everything if it is null or not kept (any more).</summary>
    [Alias("ListAfter")]
    Task<InboxNews> ListAfter(string? id);
}

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

/// <summary>What came into the development inbox since a message.</summary>
/// <param name="IsWhole">Whether it is all that is kept, because that message is not.</param>
/// <param name="Messages">Newest first.</param>
[GenerateSerializer, Immutable, Alias("otp.InboxNews")]
public sealed record InboxNews(
    [property: Id(0)] bool IsWhole,
    [property: Id(1)] ImmutableArray<InboxMessage> Messages);
