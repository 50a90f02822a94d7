using StackExchange.Redis;

namespace Otp.Stateless;

/// <summary>A script that Redis knows by its hash, so that a call carries the hash alone.</summary>
internal sealed class PreparedScript(string text)
{
    private byte[] _hash = [];

    /// <summary>Gives the script to Redis.</summary>
    public async Task LoadAsync(IConnectionMultiplexer redis) => _hash = await redis.GetServers()[0].ScriptLoadAsync(text);

    public async Task<RedisResult[]> EvaluateAsync(IDatabase redis, string key, params RedisValue[] arguments)
    {
        RedisResult reply;
        try
        {
            reply = await redis.ScriptEvaluateAsync(_hash, [key], arguments);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Redis was restarted: it keeps no scripts.
            await LoadAsync(redis.Multiplexer);
            reply = await redis.ScriptEvaluateAsync(_hash, [key], arguments);
        }

        return (RedisResult[])reply!;
    }
}
