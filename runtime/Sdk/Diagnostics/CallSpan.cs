using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>The spans of a call, named and tagged as Orleans does, but for what could hold personal data: keys and messages of exceptions.</summary>
internal static class CallSpan
{
    /// <summary>Starts a span and makes it the current one; null if nobody wants it.</summary>
    internal static Activity? Start(GrainMethod method, ActivityKind kind, ActivityContext parent)
    {
        var span = method.Source.StartActivity(method.SpanName, kind, parent);
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("rpc.system.name", "orleans");
            span.SetTag("orleans.rpc.service", method.Interface.FullName);
            span.SetTag("rpc.method", method.FullName);
        }

        return span;
    }

    /// <summary>Ends a span with the call; which span is current here stays as it is.</summary>
    internal static void End(Activity span, Task answer)
    {
        if (!answer.IsCompletedSuccessfully)
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("exception.type", (answer.Exception?.InnerException?.GetType() ?? typeof(TaskCanceledException)).FullName);
        }

        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}
