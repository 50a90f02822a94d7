using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Otp.Bench.Comparison.Systems;

/// <summary>A receiver of telemetry (OTLP, http/protobuf) in this process that reads what it gets and keeps nothing.</summary>
internal sealed class DiscardingReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DiscardingReceiver(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<DiscardingReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(static context => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        await app.StartAsync();
        return new DiscardingReceiver(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
