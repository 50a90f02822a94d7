using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>A way for calls whose caller is traced: each gets a span, and takes its trace along to the grain.</summary>
internal sealed class TracedCalls(IGrainCalls way) : IGrainCalls
{
    public Task Call(GrainId target, GrainRequest request)
    {
        var caller = Activity.Current;
        if (caller is not { IsAllDataRequested: true } || CallSpan.Start(request.Method, ActivityKind.Client, parent: default) is not { } span)
        {
            return way.Call(target, request);
        }

        request.Trace = new CallTrace(span.Context);
        var answer = way.Call(target, request);
        Activity.Current = caller;
        if (answer.IsCompleted)
        {
            CallSpan.End(span, answer);
        }
        else
        {
            answer.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => CallSpan.End(span, answer));
        }

        return answer;
    }
}
