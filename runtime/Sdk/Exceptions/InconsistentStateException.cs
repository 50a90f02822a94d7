using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The record was changed by someone else since it was read; escaping a grain's method, it drops the activation.</summary>
public class InconsistentStateException : OrleansException
{
    public InconsistentStateException()
    {
    }

    public InconsistentStateException(string message)
        : base(message)
    {
    }

    public InconsistentStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>Whether it has not yet left the grain whose write failed; it drops that activation alone, not its callers'.</summary>
    internal bool IsSourceActivation { get; set; } = true;

    /// <summary>The version in storage.</summary>
    public string? StoredEtag { get; }

    /// <summary>The version the writer had read.</summary>
    public string? CurrentEtag { get; }
}
