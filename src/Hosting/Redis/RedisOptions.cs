namespace Otp.Hosting.Redis;

/// <summary>Where the Redis of a cluster is: <c>ConnectionStrings:redis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>The setting, for messages.</summary>
    public const string Key = "ConnectionStrings:redis";

    /// <summary>The setting's value, which <see cref="RedisConnectionString"/> reads. It may hold a password.</summary>
    public string ConnectionString { get; set; } = string.Empty;
}
