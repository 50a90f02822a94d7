namespace Orleans.Redis;

/// <summary>The peer does not speak RESP, or says more than it may.</summary>
internal sealed class RedisProtocolException(string message) : Exception(message);
