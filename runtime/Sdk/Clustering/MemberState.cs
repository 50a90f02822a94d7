namespace Orleans.Runtime;

/// <summary>How far a silo has come in its life as a member.</summary>
internal enum MemberState
{
    /// <summary>It is known and can be connected to, but has no grains yet.</summary>
    Joining,

    Active,

    /// <summary>It still answers what it was asked, but is given no grain any more.</summary>
    Leaving,
}
