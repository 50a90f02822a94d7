namespace Orleans.Runtime;

/// <summary>The life of an activation, in order.</summary>
internal enum ActivationStatus : byte
{
    Creating,
    Activating,
    Valid,
    Deactivating,
    Invalid,
}
