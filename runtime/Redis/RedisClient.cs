using System.Net;
using Microsoft.Extensions.Logging;

namespace Orleans.Redis;

/// <summary>
/// Talks to one Redis or one Redis Cluster over one pipelined connection a node, shared by all callers. A command is sent at most once,
/// but for those a server refused to run: sent elsewhere (<c>MOVED</c>, <c>ASK</c>) or of a script it does not know (<c>NOSCRIPT</c>).
/// </summary>
internal sealed class RedisClient : IAsyncDisposable
{
    private const int MaxRedirections = 5;

    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RedisCallPool _calls = new();
    private readonly RedisNode _seed;
    private readonly Lock _gate = new();
    private readonly Dictionary<DnsEndPoint, RedisNode> _nodes = [];
    private SlotMap? _slots;
    private Task? _refreshing;
    private bool _isDisposed;

    public RedisClient(RedisOptions options, TimeProvider time, ILogger logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _seed = CreateNode(options.Endpoints);
    }

    public bool IsConnected => _seed.IsConnected;

    /// <summary>Runs a command whose key, if it has one, is its first argument.</summary>
    /// <returns>The reply, to be awaited once; it fails with a <see cref="RedisException"/>.</returns>
    public ValueTask<RespValue> ExecuteAsync(RedisArgument name, params ReadOnlySpan<RedisArgument> arguments)
    {
        var call = _calls.Rent();
        call.Prepare(_time.GetTimestamp(), name, arguments);
        return Send(call, Route(call));
    }

    /// <summary>Runs a script on one key.</summary>
    /// <returns>The reply, to be awaited once; it fails with a <see cref="RedisException"/>.</returns>
    public ValueTask<RespValue> EvaluateAsync(RedisScript script, RedisArgument key, params ReadOnlySpan<RedisArgument> arguments)
    {
        var call = _calls.Rent();
        call.Prepare(_time.GetTimestamp(), script, key, arguments);
        return Send(call, Route(call));
    }

    /// <summary>Waits until the server answers; fails with the reason if the first attempt to reach it does.</summary>
    public async Task ConnectAsync()
    {
        try
        {
            await ExecuteAsync(RedisWords.Ping);
        }
        catch (RedisServerException e) when (e.Code == "NOPERM")
        {
            // It did answer; its access list only keeps PING from this user.
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<RedisNode> nodes;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            nodes = [_seed, .. _nodes.Values];
        }

        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    private static ValueTask<RespValue> Send(RedisCall call, RedisNode node)
    {
        var task = call.Task;
        node.Send(call);
        return task;
    }

    private RedisNode Route(RedisCall call) =>
        Volatile.Read(ref _slots) is { } slots && call.FindSlot() is { } slot && slots[slot] is { } owner ? Node(owner) : _seed;

    private RedisNode Node(DnsEndPoint endpoint)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(endpoint, out var node) && !_isDisposed)
                _nodes[endpoint] = node = CreateNode([endpoint]);
            return node ?? _seed;
        }
    }

    private RedisNode CreateNode(IReadOnlyList<DnsEndPoint> endpoints) => new(endpoints, _options, _time, _logger, OnError, OnDown);

    private void OnError(RedisNode node, RedisCall call, RespValue error)
    {
        if (error.Bytes.AsSpan().StartsWith("NOSCRIPT"u8) && call.SendWholeScript())
        {
            node.Send(call);
        }
        else if (Redirection.Parse(error, node.Endpoint.Host) is { } redirection && call.Redirections++ < MaxRedirections)
        {
            if (redirection.IsPermanent)
                Move(redirection);
            Node(redirection.Target).Send(call, asking: !redirection.IsPermanent);
        }
        else
        {
            call.Fail(RedisServerException.From(error));
        }
    }

    /// <summary>Learns at once what the server said of one slot, and soon of all the others.</summary>
    private void Move(in Redirection redirection)
    {
        lock (_gate)
            (_slots ??= new())[redirection.Slot] = redirection.Target;
        RefreshSlots();
    }

    private void OnDown(RedisNode node)
    {
        if (Volatile.Read(ref _slots) is not null)
            RefreshSlots();
    }

    private void RefreshSlots()
    {
        lock (_gate)
        {
            if (!_isDisposed && _refreshing is null or { IsCompleted: true })
                _refreshing = Task.Run(RefreshSlotsAsync);
        }
    }

    /// <summary>Asks the nodes in turn until one tells the slots; then forgets nodes that hold none and cannot be reached.</summary>
    private async Task RefreshSlotsAsync()
    {
        List<RedisNode> nodes;
        lock (_gate)
            nodes = [.. _nodes.Values.Append(_seed).Where(n => n.IsConnected)];

        foreach (var node in nodes)
        {
            try
            {
                var call = _calls.Rent();
                call.Prepare(_time.GetTimestamp(), "CLUSTER", ["SLOTS"]);
                if (SlotMap.Parse(await Send(call, node), node.Endpoint.Host) is not { } slots)
                    continue;
                Volatile.Write(ref _slots, slots);
                await RetireAsync([.. slots.Owners]);
                return;
            }
            catch (RedisException)
            {
                // The next node may know.
            }
        }
    }

    private async Task RetireAsync(HashSet<DnsEndPoint> owners)
    {
        List<RedisNode> retired = [];
        lock (_gate)
        {
            foreach (var (endpoint, node) in _nodes.Where(n => !owners.Contains(n.Key) && !n.Value.IsConnected).ToList())
            {
                _nodes.Remove(endpoint);
                retired.Add(node);
            }
        }

        foreach (var node in retired)
            await node.DisposeAsync();
    }
}
