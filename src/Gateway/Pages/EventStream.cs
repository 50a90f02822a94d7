using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Otp.Hosting;

namespace Otp.Gateway.Pages;

/// <summary>Server-sent events (WHATWG HTML, section 9.2) of a <see cref="Feed{T}"/>, until the caller or the gateway goes.</summary>
internal sealed class EventStream(Drain drain, TimeProvider time)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FullRetryDelay = TimeSpan.FromSeconds(5);

    /// <summary>Writes what the feed has and gets.</summary>
    /// <param name="feed">What to watch.</param>
    /// <param name="render">Makes the event of what is new to this caller; null where nothing is.</param>
    /// <param name="isAllowed">Asked before each write; the stream ends when it no longer holds.</param>
    public async Task RunAsync<T>(HttpContext context, Feed<T> feed, Func<T, ServerEvent?> render, Func<bool>? isAllowed = null)
        where T : class
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            Open(context.Response);
            return;
        }

        if (feed.Join() is not { } viewer)
        {
            RetryAfter.Set(context.Response, FullRetryDelay);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.Ended);
        try
        {
            Open(context.Response);
            await context.Response.BodyWriter.WriteAsync("retry: 1000\n\n"u8.ToArray(), end.Token);
            Task<bool>? pending = null;
            while (true)
            {
                pending ??= viewer.Reader.WaitToReadAsync(end.Token).AsTask();
                var comes = await ComesAsync(pending, end.Token);
                if (isAllowed?.Invoke() == false)
                {
                    return;
                }

                if (!comes)
                {
                    await context.Response.BodyWriter.WriteAsync(":\n\n"u8.ToArray(), end.Token);
                    continue;
                }

                pending = null;
                if (viewer.Reader.TryRead(out var news) && render(news) is { } serverEvent)
                {
                    await WriteAsync(context.Response.BodyWriter, serverEvent, end.Token);
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The caller or the gateway has gone.
        }
        finally
        {
            feed.Leave(viewer);
        }
    }

    private static void Open(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private static ValueTask<FlushResult> WriteAsync(PipeWriter writer, ServerEvent serverEvent, CancellationToken end)
    {
        Encoding.UTF8.GetBytes($"event: {serverEvent.Name}\n", writer);
        if (serverEvent.Id is { } id)
        {
            Encoding.UTF8.GetBytes($"id: {id}\n", writer);
        }

        writer.Write("data: "u8);
        writer.Write(serverEvent.Json.Span);
        writer.Write("\n\n"u8);
        return writer.FlushAsync(end);
    }

    private async ValueTask<bool> ComesAsync(Task<bool> news, CancellationToken end)
    {
        try
        {
            return await news.WaitAsync(HeartbeatInterval, time, end);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

/// <summary>One server-sent event.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="Json">Its data, in one line.</param>
/// <param name="Id">What a client that comes back says it had last; null for none.</param>
internal sealed record ServerEvent(string Name, ReadOnlyMemory<byte> Json, string? Id = null)
{
    /// <summary>Without the data: it may hold codes.</summary>
    public override string ToString() => Name;
}
