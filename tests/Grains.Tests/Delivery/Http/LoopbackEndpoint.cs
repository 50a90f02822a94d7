using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Otp.Delivery;

/// <summary>A real HTTP server on a free port of the loopback that keeps what it gets and answers as a test says.</summary>
internal sealed class LoopbackEndpoint : IAsyncDisposable
{
    private readonly System.Threading.Channels.Channel<ReceivedRequest> _requests =
        System.Threading.Channels.Channel.CreateUnbounded<ReceivedRequest>();
    private readonly WebApplication _app;
    private int _count;

    private LoopbackEndpoint(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How many requests came.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What it does with a request, given how many came before.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = static (_, _) => Task.CompletedTask;

    public static async Task<LoopbackEndpoint> StartAsync(Func<HttpContext, int, Task>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var endpoint = new LoopbackEndpoint(app);
        endpoint.Answer = answer ?? endpoint.Answer;
        app.Run(endpoint.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return endpoint;
    }

    /// <summary>One that answers each request with the next of these statuses, and the last one from there on.</summary>
    public static Task<LoopbackEndpoint> AnsweringAsync(params int[] statuses) => StartAsync((http, before) =>
    {
        http.Response.StatusCode = statuses[Math.Min(before, statuses.Length - 1)];
        return Task.CompletedTask;
    });

    /// <summary>An address where nobody listens.</summary>
    public static string Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>The next request.</summary>
    public Task<ReceivedRequest> ReceiveAsync() => _requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var before = Interlocked.Increment(ref _count) - 1;
        _requests.Writer.TryWrite(new ReceivedRequest(http.Request.Method, http.Request.Path, headers, body.ToArray()));
        await Answer(http, before);
    }
}
