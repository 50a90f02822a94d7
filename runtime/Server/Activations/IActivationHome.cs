namespace Orleans.Runtime;

/// <summary>Where calls find an activation.</summary>
internal interface IActivationHome
{
    /// <summary>Queues a call whose activation is gone on one that lives, made if need be.</summary>
    void Enqueue(GrainId id, PendingCall call);

    /// <summary>Puts another activation, or none, in the place of one that ends; called with the old one locked.</summary>
    void Replace(Activation old, Activation? next);
}
