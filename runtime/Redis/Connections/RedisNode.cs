using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Orleans.Redis;

/// <summary>
/// One server and the connection to it, made anew whenever it breaks. Calls that come while the first attempt at a new connection runs
/// wait for it; once an attempt has failed, calls fail at once until one succeeds. So a blip is bridged and an outage is told fast.
/// </summary>
internal sealed partial class RedisNode : IAsyncDisposable
{
    private readonly IReadOnlyList<DnsEndPoint> _endpoints;
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<RedisNode, RedisCall, RespValue> _onError;
    private readonly Action<RedisNode> _onDown;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Queue<(RedisCall Call, bool Asking)> _waiting = new();
    private readonly Task _running;
    private RedisConnection? _connection;
    private Exception? _fault;

    /// <summary>Begins to connect.</summary>
    /// <param name="endpoints">Tried in turn.</param>
    /// <param name="onError">Takes the calls that the server refuses; must not block.</param>
    /// <param name="onDown">Is told when no connection can be made.</param>
    public RedisNode(
        IReadOnlyList<DnsEndPoint> endpoints,
        RedisOptions options,
        TimeProvider time,
        ILogger logger,
        Action<RedisNode, RedisCall, RespValue> onError,
        Action<RedisNode> onDown)
    {
        _endpoints = endpoints;
        _options = options;
        _time = time;
        _logger = logger;
        _onError = onError;
        _onDown = onDown;
        Endpoint = endpoints[0];
        _running = Task.Run(RunAsync);
    }

    /// <summary>The address last tried.</summary>
    public DnsEndPoint Endpoint { get; private set; }

    public bool IsConnected => Volatile.Read(ref _connection) is { Closed.IsCompleted: false };

    /// <summary>Sends a call, or keeps it until there is a connection, or fails it.</summary>
    public void Send(RedisCall call, bool asking = false)
    {
        if (Volatile.Read(ref _connection)?.TrySend(call, asking) != true)
            SendWhenConnected(call, asking);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Volatile.Read(ref _connection)?.Close(cause: null);
        await _running;
        _stopping.Dispose();
    }

    private void SendWhenConnected(RedisCall call, bool asking)
    {
        RedisException refusal;
        lock (_gate)
        {
            if (_connection?.TrySend(call, asking) == true)
                return;
            if (_fault is { } fault)
            {
                refusal = NotSent(fault);
            }
            else if (_waiting.Count >= _options.MaxInFlight)
            {
                refusal = new RedisBusyException();
            }
            else
            {
                _waiting.Enqueue((call, asking));
                return;
            }
        }

        call.Fail(refusal);
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var (connection, fault) = await TryConnectAsync();
            if (connection is not null)
            {
                var opened = _time.GetTimestamp();
                Publish(connection);
                fault = await connection.Closed ?? new ObjectDisposedException(nameof(RedisClient));
                if (_stopping.IsCancellationRequested)
                    break;
                LogLost(_logger, RedisOptions.Text(Endpoint), fault.Message);
                if (_time.GetElapsedTime(opened) > _options.MaxBackOff)
                {
                    failures = 0;
                    continue;
                }
            }

            GoDown(fault!);
            _onDown(this);
            await Task.Delay(BackOff(failures++), _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        GoDown(new ObjectDisposedException(nameof(RedisClient)));
    }

    private async Task<(RedisConnection? Connection, Exception? Fault)> TryConnectAsync()
    {
        Exception? fault = null;
        foreach (var endpoint in _endpoints)
        {
            var address = RedisOptions.Text(endpoint);
            try
            {
                Endpoint = endpoint;
                var (stream, input) = await RedisHandshake.ConnectAsync(endpoint, _options, _time, _stopping.Token);
                LogConnected(_logger, address);
                return (new RedisConnection(stream, input, _options, _time, OnReply), null);
            }
            catch (Exception e)
            {
                if (_fault is null && !_stopping.IsCancellationRequested)
                    LogUnreachable(_logger, address, e.Message);
                fault = e;
            }
        }

        return (null, fault);
    }

    /// <summary>Opens the way to the connection, after the calls that waited for it.</summary>
    private void Publish(RedisConnection connection)
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var first) && connection.TrySend(first.Call, first.Asking))
                _waiting.Dequeue();
            _fault = null;
            Volatile.Write(ref _connection, connection);
        }

        if (_stopping.IsCancellationRequested)
            connection.Close(cause: null);
    }

    private void GoDown(Exception fault)
    {
        lock (_gate)
        {
            _fault = fault;
            Volatile.Write(ref _connection, null);
            while (_waiting.TryDequeue(out var first))
                first.Call.Fail(NotSent(fault));
        }
    }

    private void OnReply(RedisCall call, in RespValue reply)
    {
        if (reply.Kind == RespKind.Error)
            _onError(this, call, reply);
        else
            call.Complete(reply);
    }

    /// <summary>Doubles up to the limit, of which a random half to whole is waited, so that clients do not return in step.</summary>
    private TimeSpan BackOff(int failures)
    {
        var whole = Math.Min(_options.MaxBackOff.TotalMilliseconds, _options.MinBackOff.TotalMilliseconds * Math.Pow(2, failures));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (RandomNumberGenerator.GetInt32(1001) / 2000d)));
    }

    private static RedisConnectionException NotSent(Exception fault) =>
        new(fault is RedisConnectionException ? fault.Message : $"There is no connection to Redis: {fault.Message}", outcomeUnknown: false, fault);
}
