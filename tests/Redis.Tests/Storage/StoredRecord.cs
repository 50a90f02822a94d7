using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Persistence;
using Orleans.Redis;
using Orleans.Runtime;
using Orleans.Storage;

namespace Otp.Redis.Storage;

/// <summary>One record of a grain of its own, as a grain sees it and as Redis holds it.</summary>
internal sealed class StoredRecord : IAsyncDisposable
{
    public const string StateName = "state";

    private readonly RedisGrainStorage _storage;
    private readonly string _service = $"service-{RandomNumberGenerator.GetHexString(8)}";

    public StoredRecord(string connectionString, TimeSpan? expiry = null, bool deleteOnClear = false)
    {
        Redis = Clients.Connect(connectionString);
        _storage = new RedisGrainStorage(
            "otp",
            new()
            {
                ConnectionString = connectionString,
                EntryExpiry = expiry,
                DeleteStateOnClear = deleteOnClear,
                GrainStorageSerializer = new JsonGrainStorageSerializer(),
            },
            _service,
            NullLoggerFactory.Instance);
    }

    public RedisClient Redis { get; }

    public GrainId Grain { get; } = GrainId.Create("note", RandomNumberGenerator.GetHexString(16));

    public string Key => $"{_service}/state/note/{Grain.Key}/{StateName}";

    public async Task<GrainState<Note>> ReadAsync()
    {
        var state = new GrainState<Note>(new Note { Text = "not read yet" });
        await _storage.ReadStateAsync(StateName, Grain, state);
        return state;
    }

    public Task WriteAsync(GrainState<Note> state, string text)
    {
        state.State = new Note { Text = text };
        return _storage.WriteStateAsync(StateName, Grain, state);
    }

    public Task ClearAsync(GrainState<Note> state) => _storage.ClearStateAsync(StateName, Grain, state);

    public async Task<Dictionary<string, string>> FieldsAsync()
    {
        var fields = (await Redis.ExecuteAsync("HGETALL", Key)).Items.Select(item => item.AsText()!).ToArray();
        return fields.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }

    /// <summary>What is left of its time to live, ms; -1 if it has none, -2 if there is no record.</summary>
    public async Task<long> LifeLeftAsync() => (await Redis.ExecuteAsync("PTTL", Key)).Integer;

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
