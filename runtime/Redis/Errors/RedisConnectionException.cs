namespace Orleans.Redis;

/// <summary>There is no connection, or it broke before the reply came.</summary>
internal sealed class RedisConnectionException(string message, bool outcomeUnknown, Exception? inner = null)
    : RedisException(message, outcomeUnknown, inner);
