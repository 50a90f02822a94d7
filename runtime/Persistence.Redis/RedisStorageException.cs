namespace Orleans.Persistence.Redis;

/// <summary>A record could not be read, written or cleared. A write or clear may have happened all the same, unless the inner exception knows better.</summary>
#pragma warning disable MA0053 // Not sealed in Microsoft Orleans.
public class RedisStorageException : Exception
#pragma warning restore MA0053
{
    public RedisStorageException()
    {
    }

    public RedisStorageException(string message)
        : base(message)
    {
    }

    public RedisStorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
