using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Otp.Hosting.Redis;

/// <summary>What the service wants of its connection to Redis where the connection string says nothing.</summary>
internal sealed class RedisDefaults : DefaultOptionsProvider
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    public override TimeSpan? ConnectTimeout => Timeout;

    public override TimeSpan SyncTimeout => Timeout;

    /// <summary>A call while there is no connection fails at once: its caller is told to come back, and nothing piles up.</summary>
    public override BacklogPolicy BacklogPolicy => BacklogPolicy.FailFast;

    /// <summary>How often time-outs and lost connections are looked for, and so how exact the other times here are.</summary>
    public override TimeSpan HeartbeatInterval => RetryDelay;

    public override IReconnectRetryPolicy? ReconnectRetryPolicy { get; } = new LinearRetry((int)RetryDelay.TotalMilliseconds);

    /// <summary>Otherwise it is the machine's name, which may be a person's, and Redis shows and logs it.</summary>
    protected override string GetDefaultClientName() => "orleans-otp";
}
