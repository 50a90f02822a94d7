using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>A connection that this process opened to a silo, to send calls.</summary>
internal sealed class PeerConnection(Socket socket, NetworkStream stream, FrameReader frames, ClusterCalls calls, TimeProvider clock, ILogger logger)
    : Connection(socket, stream, frames, clock, logger)
{
    private readonly Dictionary<uint, RemoteCall> _waiting = [];
    private uint _lastId;
    private bool _isLast;

    protected override int MaxSilentPeriods => Wire.MaxSilentPeriodsOfSilo;

    /// <summary>Sends a call.</summary>
    /// <returns>Whether it was; if not, it may be sent elsewhere.</returns>
    internal SendResult Send(RemoteCall call)
    {
        var id = Interlocked.Increment(ref _lastId);
        WireWriter frame;
        try
        {
            frame = Messages.Request(id, call, calls.Views.Current.Version, calls.TimeLeft(call.Pending));
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            return SendResult.Sent;
        }

        if (frame.Length > Wire.MaxFrame)
        {
            call.Fail(new OrleansException(Messages.TooLong(call.Pending.Request.Method)));
            return SendResult.Sent;
        }

        var result = Register(id, call);
        if (result == SendResult.Sent && (result = Send(frame.Written)) != SendResult.Sent)
        {
            return TryTake(id, out _) ? result : SendResult.Sent;
        }

        if (call.Pending.IsAbandoned)
        {
            Forget(call);
        }

        return result;
    }

    /// <summary>The caller waits no more: so the silo need not go on for its sake.</summary>
    internal void Forget(RemoteCall call)
    {
        var id = call.Id;
        lock (_waiting)
        {
            // It may be on its way by another connection already, under a number that is another call's here.
            if (!_waiting.TryGetValue(id, out var other) || other != call)
            {
                return;
            }

            _waiting.Remove(id);
        }

        Send(Messages.Cancel(id).Written);
        CloseIfLast();
    }

    /// <summary>Takes no more calls, and ends when those that were sent are answered.</summary>
    internal void EndWhenIdle()
    {
        lock (_waiting)
        {
            _isLast = true;
        }

        CloseIfLast();
    }

    protected override void OnFrame(FrameKind kind, WireReader frame)
    {
        switch (kind)
        {
            case FrameKind.Response or FrameKind.Fault or FrameKind.Rejection:
                var id = (uint)frame.ReadVarint();
                calls.Heard((long)frame.ReadVarint());
                if (TryTake(id, out var call))
                {
                    OnAnswer(kind, call, frame);
                    CloseIfLast();
                }

                break;
            case FrameKind.View:
                calls.Heard((long)frame.ReadVarint());
                break;
            case FrameKind.Manifest:
                calls.Manifest.Add(frame);
                break;
            case FrameKind.Pong:
                break;
            default:
                throw new MalformedMessageException($"A frame of kind {(int)kind} is not expected here.");
        }
    }

    protected override void OnBeat() => Send(FrameKind.Ping);

    protected override void OnClosed()
    {
        RemoteCall[] lost;
        lock (_waiting)
        {
            lost = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (var call in lost)
        {
            call.Fail(new SiloUnavailableException("The silo was lost after the call was sent; whether it ran is not known."));
        }
    }

    private void OnAnswer(FrameKind kind, RemoteCall call, WireReader frame)
    {
        if (kind == FrameKind.Rejection)
        {
            calls.TryLater(call);
            return;
        }

        var request = call.Pending.Request;
        try
        {
            call.Answer(kind == FrameKind.Response ? request.ReadResult(frame) : request.Fault(Faults.Read(frame)));
        }
        catch (Exception exception)
        {
            call.Answer(request.Fault(exception));
        }
    }

    private void CloseIfLast()
    {
        lock (_waiting)
        {
            if (!_isLast || _waiting.Count > 0)
            {
                return;
            }
        }

        _ = CloseAsync();
    }

    private SendResult Register(uint id, RemoteCall call)
    {
        lock (_waiting)
        {
            // Once it is closed, nobody would ever fail the call.
            if (IsClosed || _isLast)
            {
                return SendResult.Closed;
            }

            if (_waiting.Count >= Wire.MaxWaitingCalls)
            {
                return SendResult.Full;
            }

            call.SetOut(this, id);
            _waiting.Add(id, call);
            return SendResult.Sent;
        }
    }

    private bool TryTake(uint id, [NotNullWhen(true)] out RemoteCall? call)
    {
        lock (_waiting)
        {
            return _waiting.Remove(id, out call);
        }
    }
}
