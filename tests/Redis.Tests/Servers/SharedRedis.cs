using Otp.Redis.Servers;

[assembly: AssemblyFixture(typeof(SharedRedis))]

namespace Otp.Redis.Servers;

/// <summary>One server for the tests that do it no harm, started by the first of them.</summary>
public sealed class SharedRedis : IAsyncDisposable
{
    private readonly Lazy<Task<RedisServer>> _server = new(() => RedisServer.StartAsync());

    public async Task<string> GetConnectionStringAsync() => (await _server.Value).ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated && _server.Value.IsCompletedSuccessfully)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
