using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Persistence;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Otp.Members;
using Otp.Hosting.Redis;
using Otp.Storage;
using StackExchange.Redis;

namespace Otp.Redis.Storage;

/// <summary>One record of a grain of its own, as Orleans' storage sees it and as Redis holds it.</summary>
internal sealed class RedisRecord : IAsyncDisposable
{
    private const string Name = "state";

    private static readonly IServiceProvider Orleans = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private readonly string _service = $"service-{RandomNumberGenerator.GetHexString(8)}";
    private readonly ConnectionMultiplexer _connection;
    private RedisGrainStorage _storage = null!;

    private RedisRecord(ConnectionMultiplexer connection) => _connection = connection;

    public GrainId Grain { get; } = GrainId.Create("member-email", RandomNumberGenerator.GetHexString(16));

    public string Key => $"{_service}/state/member-email/{Grain.Key}/{Name}";

    public IDatabase Redis => _connection.GetDatabase();

    /// <summary>Connects as the service does.</summary>
    public static async Task<RedisRecord> ConnectAsync(string connectionString, TimeSpan? expiry = null)
    {
        Assert.True(RedisConnectionString.TryParse(connectionString, out var options, out var fault), fault);
        return await CreateAsync(await ConnectionMultiplexer.ConnectAsync(options), expiry);
    }

    /// <summary>A record of another grain, on the same connection.</summary>
    public Task<RedisRecord> OtherAsync() => CreateAsync(_connection, expiry: null);

    /// <summary>Orleans' storage under a name of its own, for the same service on the same connection.</summary>
    public async Task<RedisGrainStorage> StorageAsync(string name, TimeSpan? expiry)
    {
        var options = new RedisStorageOptions
        {
            CreateMultiplexer = _ => Task.FromResult<(IConnectionMultiplexer, bool)>((_connection, true)),
            EntryExpiry = expiry,
            DeleteStateOnClear = true,
        };
        var storage = new RedisGrainStorage(
            name,
            options,
            new StateSerializer(),
            Options.Create(new ClusterOptions { ServiceId = _service }),
            Orleans.GetRequiredService<IActivatorProvider>(),
            NullLogger<RedisGrainStorage>.Instance);
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        storage.Participate(lifecycle);
        await lifecycle.OnStart(TestContext.Current.CancellationToken);
        return storage;
    }

    public async Task<GrainState<MemberEmailState>> ReadAsync(RedisGrainStorage? storage = null)
    {
        var state = new GrainState<MemberEmailState>(new MemberEmailState { Owner = "not read yet" });
        await (storage ?? _storage).ReadStateAsync(Name, Grain, state);
        return state;
    }

    public Task WriteAsync(GrainState<MemberEmailState> state, string text, RedisGrainStorage? storage = null)
    {
        state.State = new MemberEmailState { Owner = text };
        return (storage ?? _storage).WriteStateAsync(Name, Grain, state);
    }

    public Task ClearAsync(GrainState<MemberEmailState> state, RedisGrainStorage? storage = null) =>
        (storage ?? _storage).ClearStateAsync(Name, Grain, state);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<RedisRecord> CreateAsync(ConnectionMultiplexer connection, TimeSpan? expiry)
    {
        var record = new RedisRecord(connection);
        record._storage = await record.StorageAsync("one", expiry);
        return record;
    }
}
