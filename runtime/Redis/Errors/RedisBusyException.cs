namespace Orleans.Redis;

/// <summary>As many commands wait as may; this one was not sent.</summary>
internal sealed class RedisBusyException() : RedisException("Too many commands wait for Redis.", outcomeUnknown: false);
