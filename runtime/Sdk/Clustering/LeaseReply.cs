namespace Orleans.Runtime;

/// <summary>What the membership table answers.</summary>
/// <param name="IsMember">Whether the silo that asked is a member.</param>
/// <param name="Version">The version of the view.</param>
/// <param name="View">The view, if its version is not the one known to whoever asked.</param>
/// <param name="NextEnd">The time until the first lease ends, unless it is renewed.</param>
/// <param name="Laggards">The members that have not given up everything that the view gives to others, with what they have.</param>
internal readonly record struct LeaseReply(
    bool IsMember, long Version, ClusterView? View, TimeSpan NextEnd, IReadOnlyList<(SiloAddress Silo, HandedOver HandedOver)> Laggards);
