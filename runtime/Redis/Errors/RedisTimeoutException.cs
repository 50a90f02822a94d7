namespace Orleans.Redis;

/// <summary>The reply did not come in time; the command may have run, or may yet.</summary>
internal sealed class RedisTimeoutException(string message) : RedisException(message, outcomeUnknown: true);
