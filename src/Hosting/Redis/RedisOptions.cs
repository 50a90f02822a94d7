using StackExchange.Redis;

namespace Otp.Hosting.Redis;

/// <summary>Reads <c>ConnectionStrings:redis</c>.</summary>
public static class RedisOptions
{
    private const int TimeoutMilliseconds = 2_000;

    /// <summary>How to reach the Redis that a connection string names, with the service's own time-outs where it names none.</summary>
    public static ConfigurationOptions Parse(string connectionString)
    {
        var options = ConfigurationOptions.Parse(connectionString);
        options.ConnectTimeout = options.SyncTimeout = options.AsyncTimeout = TimeoutMilliseconds;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        options.ReconnectRetryPolicy = new LinearRetry(250);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        return options;
    }
}
