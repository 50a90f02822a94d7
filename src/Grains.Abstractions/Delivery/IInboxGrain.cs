using System.Collections.Immutable;

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
