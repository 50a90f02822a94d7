namespace Orleans.Redis;

/// <summary>A command has no result.</summary>
internal abstract class RedisException(string message, bool outcomeUnknown, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True if the server may have run the command; false if it has not, or has refused it.</summary>
    public bool OutcomeUnknown { get; } = outcomeUnknown;
}
