using System.Text;
using StackExchange.Redis;

namespace Otp.Cluster.Redis;

/// <summary>Everything that a Redis holds, as a thief of it would read it.</summary>
internal static class RedisContent
{
    private const int PageSize = 1000;

    /// <summary>Reads it, key by key. All that the service stores is hashes.</summary>
    public static async IAsyncEnumerable<RedisEntry> ReadAsync(string connectionString)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var database = redis.GetDatabase();
        await foreach (var key in redis.GetServers()[0].KeysAsync(pageSize: PageSize))
        {
            var content = (await database.HashGetAllAsync(key)).SelectMany(field => new[] { field.Name, field.Value });
            yield return new RedisEntry(
                key.ToString(),
                string.Join('\n', content.Select(value => Encoding.Latin1.GetString((byte[])value!))),
                await database.KeyTimeToLiveAsync(key),
                (long)await database.ExecuteAsync("MEMORY", "USAGE", key));
        }
    }
}

/// <summary>One key and what is in it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Content">Its fields and values, in Latin-1.</param>
/// <param name="Expiry">What is left of its life; null if it has no end.</param>
/// <param name="Bytes">How much memory it takes.</param>
internal sealed record RedisEntry(string Key, string Content, TimeSpan? Expiry, long Bytes)
{
    /// <summary>Whether it is a grain's state.</summary>
    public bool IsRecord => Key.Contains("/state/", StringComparison.Ordinal);
}
