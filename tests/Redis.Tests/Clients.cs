using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Redis;

namespace Otp.Redis;

/// <summary>Clients and keys for tests.</summary>
internal static class Clients
{
    /// <summary>Bounds every wait for something that is sure to come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static RedisClient Connect(string connectionString) => Connect(RedisOptions.Parse(connectionString));

    public static RedisClient Connect(RedisOptions options) => new(options, TimeProvider.System, NullLogger.Instance);

    public static string UniqueKey() => $"test/{RandomNumberGenerator.GetHexString(16)}";

    /// <summary>Repeats a command until the server is back.</summary>
    public static async Task<RespValue> RetryAsync(Func<ValueTask<RespValue>> command)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                return await command();
            }
            catch (RedisException) when (!limit.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }
        }
    }
}
