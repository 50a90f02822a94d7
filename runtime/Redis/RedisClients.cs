using Microsoft.Extensions.Logging;

namespace Orleans.Redis;

/// <summary>The clients of this process, one a connection string, each closed when its last user lets go of it.</summary>
internal static class RedisClients
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, (RedisClient Client, int Users)> Clients = new(StringComparer.Ordinal);

    /// <summary>Takes the client of a connection string, made if need be; to be given back by <see cref="ReleaseAsync"/>.</summary>
    /// <remarks>It follows the system's clock whatever the host's: its times are those of a network.</remarks>
    public static RedisClient Take(string connectionString, ILoggerFactory logging)
    {
        lock (Gate)
        {
            var (client, users) = Clients.GetValueOrDefault(connectionString);
            client ??= new RedisClient(RedisOptions.Parse(connectionString), TimeProvider.System, logging.CreateLogger<RedisClient>());
            Clients[connectionString] = (client, users + 1);
            return client;
        }
    }

    public static async ValueTask ReleaseAsync(string connectionString)
    {
        RedisClient last;
        lock (Gate)
        {
            var (client, users) = Clients[connectionString];
            if (users > 1)
            {
                Clients[connectionString] = (client, users - 1);
                return;
            }

            Clients.Remove(connectionString);
            last = client;
        }

        await last.DisposeAsync();
    }
}
