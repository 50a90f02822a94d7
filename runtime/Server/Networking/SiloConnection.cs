using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A connection that another process opened to this silo, to send calls.</summary>
/// <remarks>Calls are started one after the other, in the order they come, on the thread that reads them.</remarks>
internal sealed partial class SiloConnection(Socket socket, NetworkStream stream, FrameReader frames, ClusterCalls calls, CallTable table, TimeProvider clock, ILogger logger)
    : Connection(socket, stream, frames, clock, logger)
{
    private const byte Forwarded = 1;

    // Calls whose method takes a token: those alone can be told that they are not wanted any more.
    private readonly ConcurrentDictionary<uint, CancellationTokenSource> _cancellable = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unanswered;

    protected override int MaxSilentPeriods => Wire.MaxSilentPeriodsOfCaller;

    /// <summary>Completes when the connection is over.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Sends the answer of a call.</summary>
    internal void Answer(uint id, GrainRequest request, Task answer)
    {
        Interlocked.Decrement(ref _unanswered);
        _cancellable.TryRemove(id, out _);
        if (Send(Messages.Answer(id, request, answer, calls.Views.Current.Version).Written) == SendResult.Full)
        {
            LogNotRead(Logger);
            Abort();
        }
    }

    protected override void OnFrame(FrameKind kind, WireReader frame)
    {
        switch (kind)
        {
            case FrameKind.Request:
                OnRequest(frame);
                break;
            case FrameKind.Cancel:
                if (_cancellable.TryRemove((uint)frame.ReadVarint(), out var cancellation))
                {
                    Cancel(cancellation);
                }

                break;
            case FrameKind.View:
                calls.Heard((long)frame.ReadVarint());
                break;
            case FrameKind.Ping:
                Send(FrameKind.Pong);
                break;
            default:
                throw new MalformedMessageException($"A frame of kind {(int)kind} is not expected here.");
        }
    }

    protected override void OnClosed()
    {
        _ended.TrySetResult();
        foreach (var cancellation in _cancellable.Values)
        {
            Cancel(cancellation);
        }
    }

    private void OnRequest(WireReader frame)
    {
        var id = (uint)frame.ReadVarint();
        var viewVersion = (long)frame.ReadVarint();
        var isForwarded = frame.ReadByte() == Forwarded;
        var timeLeft = TimeSpan.FromMilliseconds(Math.Min(frame.ReadVarint(), int.MaxValue));
        calls.Heard(viewVersion);
        try
        {
            if (Interlocked.Increment(ref _unanswered) > Wire.MaxWaitingCalls)
            {
                throw new GatewayTooBusyException();
            }

            var (target, request) = table.Read(frame);
            request.TimeLeft = timeLeft;
            var cancellation = MakeCancellable(id, request);
            new IncomingCall(this, id, request, cancellation, calls.Receive(target, request, isForwarded, viewVersion)).AnswerWhenEnded();
        }
        catch (Exception exception)
        {
            Interlocked.Decrement(ref _unanswered);
            Send(Messages.Fault(id, exception, calls.Views.Current.Version).Written);
        }
    }

    private CancellationTokenSource? MakeCancellable(uint id, GrainRequest request)
    {
        var arguments = request.Method.Arguments;
        if (arguments is not [.., var last] || last != typeof(CancellationToken))
        {
            return null;
        }

        var cancellation = new CancellationTokenSource();
        request.SetArgument(arguments.Length - 1, cancellation.Token);
        _cancellable[id] = cancellation;
        return cancellation;
    }

    // What runs at the cancellation runs on the pool: it is not to hold up those who come after.
    private static void Cancel(CancellationTokenSource cancellation)
    {
        try
        {
            _ = cancellation.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The call has just ended.
        }
    }

    [LoggerMessage(EventId = 55, Level = LogLevel.Warning, Message = "A connection was closed, for the other side does not read its answers.")]
    private static partial void LogNotRead(ILogger logger);
}
