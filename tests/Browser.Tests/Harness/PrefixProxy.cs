using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Otp.Gateway.Tests.Harness;

namespace Otp.Browser.Tests.Harness;

/// <summary>A reverse proxy that has the gateway under a prefix, and takes the prefix off each path, as ingress controllers do. Gone with this object.</summary>
public sealed class PrefixProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _gateway;

    private PrefixProxy(WebApplication app, HttpClient gateway) => (_app, _gateway) = (app, gateway);

    /// <summary>Starts it.</summary>
    /// <param name="gateway">What it is in front of.</param>
    /// <param name="prefix">The first segment of every path, <c>/otp</c>.</param>
    public static async Task<PrefixProxy> StartAsync(TestGateway gateway, string prefix)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = gateway.Http.BaseAddress };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => context.Request.Path.StartsWithSegments(prefix, StringComparison.Ordinal, out var rest)
            ? ForwardAsync(context, http, rest)
            : Task.FromResult(context.Response.StatusCode = StatusCodes.Status404NotFound));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new PrefixProxy(app, http);
    }

    /// <summary>The address of a path, prefix included.</summary>
    public string Address(string path) => $"http://localhost:{new Uri(_app.Urls.Single()).Port}{path}";

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _gateway.Dispose();
    }

    private static async Task ForwardAsync(HttpContext context, HttpClient http, PathString path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"{(path.HasValue ? path.ToUriComponent() : "/")}{context.Request.QueryString}");
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, value) in context.Request.Headers.Where(static header => header.Key is not "Host" and not "Connection"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
            }
        }

        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers).Where(static header => header.Key is not "Transfer-Encoding" and not "Connection"))
            {
                context.Response.Headers[name] = value.ToArray();
            }

            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The browser has gone.
        }
    }
}
