using Microsoft.Extensions.Hosting;

namespace Otp.Hosting.Redis;

/// <summary>Connects before anything else starts, so that a Redis which is not there is told as that.</summary>
internal sealed class RedisStart(RedisConnection redis) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken) => await redis.ConnectAsync().WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
