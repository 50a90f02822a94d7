namespace Orleans.Runtime;

/// <summary>What the membership table answers.</summary>
/// <param name="IsMember">Whether the silo that asked is a member.</param>
/// <param name="View">The view, if its version is not the one known to whoever asked.</param>
/// <param name="NextEnd">The time until the first lease ends, unless it is renewed.</param>
internal readonly record struct LeaseReply(bool IsMember, ClusterView? View, TimeSpan NextEnd);
