using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Otp.Cluster.Telemetry;

/// <summary>A receiver of traces and metrics on loopback (OTLP, http/protobuf) that keeps all it gets.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _traces = new();
    private readonly ConcurrentQueue<byte[]> _metrics = new();

    private OtlpReceiver(WebApplication app)
    {
        _app = app;
        app.MapPost("/v1/traces", context => KeepAsync(context, _traces));
        app.MapPost("/v1/metrics", context => KeepAsync(context, _metrics));
    }

    /// <summary>What processes are told, so that they send here and soon.</summary>
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public IEnumerable<ReceivedSpan> Spans => _traces.SelectMany(OtlpMessages.Spans);

    /// <summary>Service and name of each metric.</summary>
    public IEnumerable<string> Metrics => _metrics.SelectMany(OtlpMessages.Metrics).Distinct(StringComparer.Ordinal);

    /// <summary>Every request as it came, as Latin-1: texts in it are found whatever field they are in.</summary>
    public IEnumerable<string> Everything => _traces.Concat(_metrics).Select(System.Text.Encoding.Latin1.GetString);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new OtlpReceiver(builder.Build());
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> kept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        kept.Enqueue(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }
}
