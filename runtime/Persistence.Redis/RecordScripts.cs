using Orleans.Redis;

namespace Orleans.Persistence;

/// <summary>
/// Changes of one record, <c>KEYS[1]</c>, if its etag is still <c>ARGV[1]</c> (empty: if it has none).
/// They return the number 1, or else the etag that is stored.
/// </summary>
internal static class RecordScripts
{
    /// <summary>Sets the etag to <c>ARGV[2]</c>, the data to <c>ARGV[3]</c> and, unless <c>ARGV[4]</c> is empty, the time to live to that many ms.</summary>
    public static readonly RedisScript Write = new(
        """
        local stored = redis.call('HGET', KEYS[1], 'etag') or ''
        if stored ~= ARGV[1] then return stored end
        redis.call('HSET', KEYS[1], 'etag', ARGV[2], 'data', ARGV[3])
        if ARGV[4] ~= '' then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
        return 1
        """);

    public static readonly RedisScript Delete = new(
        """
        local stored = redis.call('HGET', KEYS[1], 'etag') or ''
        if stored ~= ARGV[1] then return stored end
        redis.call('DEL', KEYS[1])
        return 1
        """);
}
