namespace Orleans.Redis;

/// <summary>Command names and other words that are sent often.</summary>
internal static class RedisWords
{
    public static readonly RedisArgument Asking = "ASKING"u8.ToArray();
    public static readonly RedisArgument Eval = "EVAL"u8.ToArray();
    public static readonly RedisArgument EvalSha = "EVALSHA"u8.ToArray();
    public static readonly RedisArgument HMGet = "HMGET"u8.ToArray();
    public static readonly RedisArgument One = "1"u8.ToArray();
    public static readonly RedisArgument Ping = "PING"u8.ToArray();
}
