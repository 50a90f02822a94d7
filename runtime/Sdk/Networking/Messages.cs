using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>The frames that carry calls and answers.</summary>
internal static class Messages
{
    private const byte Forwarded = 1;

    /// <summary>Writes a call into this thread's writer.</summary>
    /// <exception cref="NotSupportedException">An argument cannot travel.</exception>
    internal static WireWriter Request(uint id, RemoteCall call, long viewVersion, TimeSpan timeLeft)
    {
        var request = call.Pending.Request;
        var writer = Begin(FrameKind.Request, id, viewVersion, out var start);
        writer.WriteByte(call.IsForwarded ? Forwarded : (byte)0);
        writer.WriteVarint((ulong)Math.Max(1, timeLeft.TotalMilliseconds));
        writer.WriteBytes(call.Target.Type.Value.AsSpan());
        writer.WriteBytes(call.Target.Key.AsSpan());
        writer.WriteBytes(request.Method.WireInterface);
        writer.WriteBytes(request.Method.WireName);
        var codecs = request.Method.Codecs;
        for (var i = 0; i < codecs.Length; i++)
        {
            codecs[i]?.WriteObject(writer, (uint)i + 1, request.GetArgument(i));
        }

        request.Trace?.Write(writer);
        writer.WriteByte(0);
        writer.EndFrame(start);
        return writer;
    }

    /// <summary>Reads the arguments of a call, and its trace, into a new request; one that was not sent is the default, which it holds already.</summary>
    internal static void ReadArguments(WireReader frame, GrainRequest request)
    {
        var codecs = request.Method.Codecs;
        while (frame.TryReadHeader(out var field, out var kind))
        {
            if (field <= codecs.Length && codecs[field - 1] is { } codec)
            {
                codec.Expect(kind);
                request.SetArgument((int)field - 1, codec.ReadObject(frame));
            }
            else if (field == CallTrace.Field)
            {
                request.Trace = CallTrace.Read(frame, kind);
            }
            else
            {
                frame.Skip(kind);
            }
        }
    }

    /// <summary>Writes the answer of a call that has ended into this thread's writer.</summary>
    internal static WireWriter Answer(uint id, GrainRequest request, Task answer, long viewVersion)
    {
        if (!answer.IsCompletedSuccessfully)
        {
            return Fault(id, ExceptionOf(answer), viewVersion);
        }

        try
        {
            var writer = Begin(FrameKind.Response, id, viewVersion, out var start);
            request.WriteResult(writer, answer);
            writer.EndFrame(start);
            return writer.Length <= Wire.MaxFrame ? writer : Fault(id, new OrleansException(TooLong(request.Method)), viewVersion);
        }
        catch (Exception exception)
        {
            return Fault(id, exception, viewVersion);
        }
    }

    internal static WireWriter Fault(uint id, Exception exception, long viewVersion)
    {
        var isRejection = exception is TransientRejectionException;
        var writer = Begin(isRejection ? FrameKind.Rejection : FrameKind.Fault, id, viewVersion, out var start);
        if (!isRejection)
        {
            Faults.Write(writer, exception);
        }

        writer.EndFrame(start);
        return writer;
    }

    internal static WireWriter Cancel(uint id)
    {
        var writer = WireWriter.OfThread();
        var start = writer.BeginFrame();
        writer.WriteByte((byte)FrameKind.Cancel);
        writer.WriteVarint(id);
        writer.EndFrame(start);
        return writer;
    }

    internal static WireWriter View(long version)
    {
        var writer = WireWriter.OfThread();
        var start = writer.BeginFrame();
        writer.WriteByte((byte)FrameKind.View);
        writer.WriteVarint((ulong)version);
        writer.EndFrame(start);
        return writer;
    }

    internal static string TooLong(GrainMethod method) =>
        $"A message of {method.InterfaceName}.{method.Name} is longer than {Wire.MaxFrame} bytes and was not sent.";

    private static WireWriter Begin(FrameKind kind, uint id, long viewVersion, out int start)
    {
        var writer = WireWriter.OfThread();
        start = writer.BeginFrame();
        writer.WriteByte((byte)kind);
        writer.WriteVarint(id);
        writer.WriteVarint((ulong)viewVersion);
        return writer;
    }

    private static Exception ExceptionOf(Task task) => task.Exception?.InnerException ?? new TaskCanceledException(task);
}
