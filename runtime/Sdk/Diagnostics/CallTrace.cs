using System.Diagnostics;
using System.Text;
using Orleans.Serialization;

namespace Orleans.Runtime;

/// <summary>The trace that a call belongs to, on its way to the grain and there.</summary>
/// <param name="caller">The caller's span.</param>
internal sealed class CallTrace(ActivityContext caller)
{
    /// <summary>The number of the field among a call's arguments, which are fewer; whoever does not know it passes over it.</summary>
    internal const uint Field = 1 << 10;

    // The context as bytes: W3C's trace id, span id and flags, then the trace state.
    private const int SpanIdAt = 16;
    private const int FlagsAt = 24;
    private const int StateAt = 25;
    private const int MaxState = 512;

    private Activity? _span;

    /// <summary>Calls the grain within a span of its own.</summary>
    internal Task Run(GrainRequest request, object grain)
    {
        var outer = Activity.Current;
        _span = CallSpan.Start(request.Method, ActivityKind.Server, caller);
        var task = request.Run(grain);
        Activity.Current = outer;
        return task;
    }

    /// <summary>The grain is done.</summary>
    internal void End(Task answer)
    {
        if (_span is { } span)
        {
            CallSpan.End(span, answer);
        }
    }

    /// <summary>Writes it as a field.</summary>
    internal void Write(WireWriter writer)
    {
        var state = caller.TraceState is { Length: <= MaxState } text && Ascii.IsValid(text) ? text : string.Empty;
        Span<byte> bytes = stackalloc byte[StateAt + MaxState];
        caller.TraceId.CopyTo(bytes[..SpanIdAt]);
        caller.SpanId.CopyTo(bytes[SpanIdAt..FlagsAt]);
        bytes[FlagsAt] = (byte)caller.TraceFlags;
        var length = StateAt + Encoding.ASCII.GetBytes(state, bytes[StateAt..]);
        writer.WriteHeader(Field, WireKind.Bytes);
        writer.WriteBytes(bytes[..length]);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="MalformedMessageException">It is something else.</exception>
    internal static CallTrace Read(WireReader frame, WireKind kind)
    {
        var bytes = kind == WireKind.Bytes ? frame.ReadBytes() : default;
        if (bytes.Length < StateAt)
        {
            throw new MalformedMessageException("A trace is cut off.");
        }

        return new CallTrace(new ActivityContext(
            ActivityTraceId.CreateFromBytes(bytes[..SpanIdAt]),
            ActivitySpanId.CreateFromBytes(bytes[SpanIdAt..FlagsAt]),
            (ActivityTraceFlags)bytes[FlagsAt],
            bytes.Length > StateAt ? Encoding.ASCII.GetString(bytes[StateAt..]) : null,
            isRemote: true));
    }
}
