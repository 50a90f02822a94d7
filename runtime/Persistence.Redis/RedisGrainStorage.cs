using System.Globalization;
using Microsoft.Extensions.Logging;
using Orleans.Persistence.Redis;
using Orleans.Redis;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Persistence;

/// <summary>
/// Storage in Redis under Microsoft Orleans' layout: a hash a record, key <c>{serviceId}/state/{grainType}/{grainKey}/{stateName}</c>,
/// fields <c>etag</c> and <c>data</c>. One round trip a read, one script call a write or clear. No message names a grain's key.
/// </summary>
internal sealed class RedisGrainStorage : IGrainStorage, IAsyncDisposable, IDisposable
{
    private static readonly RedisArgument EtagField = "etag"u8.ToArray();
    private static readonly RedisArgument DataField = "data"u8.ToArray();

    private readonly string _name;
    private readonly string _connectionString;
    private readonly bool _deleteOnClear;
    private readonly RedisArgument _expiry;
    private readonly IGrainStorageSerializer _serializer;
    private readonly RecordKeys _keys;
    private readonly Etags _etags = new();
    private readonly RedisClient _redis;
    private int _isDisposed;

    /// <summary>Begins to connect.</summary>
    /// <exception cref="OrleansConfigurationException">The options make no sense; no message shows a connection string.</exception>
    public RedisGrainStorage(string name, RedisStorageOptions options, string serviceId, ILoggerFactory logging)
    {
        _name = name;
        _connectionString = options.ConnectionString ?? throw Misconfigured("ConnectionString is missing.");
        if (options.EntryExpiry is { } expiry && expiry < TimeSpan.FromMilliseconds(1))
            throw Misconfigured("EntryExpiry must be more than zero.");
        _deleteOnClear = options.DeleteStateOnClear;
        _expiry = options.EntryExpiry is { } entryExpiry ? Math.Ceiling(entryExpiry.TotalMilliseconds).ToString("F0", CultureInfo.InvariantCulture) : string.Empty;
        _serializer = options.GrainStorageSerializer;
        _keys = new(serviceId);
        try
        {
            _redis = RedisClients.Take(_connectionString, logging);
        }
        catch (FormatException e)
        {
            throw Misconfigured(e.Message);
        }
    }

    /// <summary>Waits for the first connection.</summary>
    /// <exception cref="RedisStorageException">It cannot be had; the message says where and why.</exception>
    public async Task ConnectAsync()
    {
        try
        {
            await _redis.ConnectAsync().ConfigureAwait(false);
        }
        catch (RedisException e)
        {
            throw new RedisStorageException($"Grain storage '{_name}' cannot start: {e.Message}", e);
        }
    }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        try
        {
            var record = await _redis.ExecuteAsync(RedisWords.HMGet, _keys.Of(stateName, grainId), EtagField, DataField).ConfigureAwait(false);
            var (etag, data) = record.Items is [var first, { Bytes: { } second }] ? (first.AsText(), second) : (null, []);
            grainState.RecordExists = etag is not null && data.Length > 0;
            grainState.State = grainState.RecordExists ? _serializer.Deserialize<T>(new BinaryData(data)) : NewState<T>.Create();
            grainState.ETag = etag;
        }
        catch (Exception e)
        {
            throw Failed("read", stateName, grainId, e);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = _etags.Next();
        RespValue reply;
        try
        {
            var data = _serializer.Serialize(grainState.State).ToMemory();
            reply = await _redis.EvaluateAsync(
                RecordScripts.Write, _keys.Of(stateName, grainId), grainState.ETag ?? string.Empty, etag, data, _expiry).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Failed("write", stateName, grainId, e);
        }

        ThrowIfConflict(reply, stateName, grainId, grainState.ETag);
        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = _deleteOnClear ? null : _etags.Next();
        RespValue reply;
        try
        {
            var key = _keys.Of(stateName, grainId);
            var read = grainState.ETag ?? string.Empty;
            var clearing = etag is null
                ? _redis.EvaluateAsync(RecordScripts.Delete, key, read)
                : _redis.EvaluateAsync(RecordScripts.Write, key, read, etag, string.Empty, _expiry);
            reply = await clearing.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Failed("clear", stateName, grainId, e);
        }

        ThrowIfConflict(reply, stateName, grainId, grainState.ETag);
        grainState.ETag = etag;
        grainState.State = NewState<T>.Create();
        grainState.RecordExists = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            await RedisClients.ReleaseAsync(_connectionString);
    }

    public void Dispose() => _ = DisposeAsync().AsTask();

    private void ThrowIfConflict(in RespValue reply, string stateName, GrainId grainId, string? etag)
    {
        if (reply.Kind == RespKind.Integer)
            return;
        var stored = reply.AsText() is { Length: > 0 } text ? text : null;
        throw new InconsistentStateException(
            $"The record {stateName} of a grain of type {grainId.Type} in storage {_name} is not the one that was read.", stored, etag);
    }

    private RedisStorageException Failed(string act, string stateName, GrainId grainId, Exception cause)
    {
        var reason = cause is RedisException ? cause.Message : cause.GetType().Name;
        return new($"Could not {act} the record {stateName} of a grain of type {grainId.Type} in storage {_name}: {reason}", cause);
    }

    private OrleansConfigurationException Misconfigured(string fault) => new($"Orleans:GrainStorage:{_name}: {fault}");
}
