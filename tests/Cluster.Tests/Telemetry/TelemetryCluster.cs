using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Telemetry;

/// <summary>A gateway and a silo as processes, with Redis, that send their telemetry here, log everything and write an audit.</summary>
internal sealed class TelemetryCluster : IAsyncDisposable
{
    public const string SendPath = "/v2/giftcards/customers/otp/send";
    public const string VerifyPath = "/v2/giftcards/customers/otp/verify";
    public const string SessionPath = "/v2/giftcards/customers/session";

    private const string AuditFile = "audit.jsonl";

    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(20);

    private readonly OtpCluster _cluster;
    private readonly HttpClient _http;

    private TelemetryCluster(OtpCluster cluster, OtlpReceiver receiver)
    {
        _cluster = cluster;
        Receiver = receiver;
        _http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = cluster.Gateways[0].Url };
    }

    public OtlpReceiver Receiver { get; }

    /// <summary>The access token that requests are made with.</summary>
    public string Token { get; private set; } = string.Empty;

    /// <summary>What the processes have logged.</summary>
    public IEnumerable<string> Logs => [_cluster.Gateways[0].Output(), _cluster.Silos[0].Process.Output()];

    /// <summary>The audit's lines, once the processes have ended.</summary>
    public string[] Audit => File.ReadAllLines(Path.Combine(_cluster.Logs, AuditFile));

    /// <summary>Starts it.</summary>
    /// <param name="sampler">The sampler's name, as the standard setting has it.</param>
    /// <param name="instead">The port on loopback that telemetry goes to, if it does not go to the receiver.</param>
    public static async Task<TelemetryCluster> StartAsync(string sampler = "always_on", int? instead = null)
    {
        var receiver = await OtlpReceiver.StartAsync();
        var settings = new Dictionary<string, string>(receiver.Settings, StringComparer.Ordinal)
        {
            ["OTEL_TRACES_SAMPLER"] = sampler,
            ["Otp__Audit__Path"] = AuditFile,
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__Console__FormatterOptions__IncludeScopes"] = "true",
        };
        if (instead is { } port)
        {
            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}";
            settings["OTEL_EXPORTER_OTLP_TIMEOUT"] = "300";
        }

        foreach (var category in new[] { "Default", "Microsoft", "Orleans", "Otp" })
        {
            settings[$"Logging__LogLevel__{category}"] = "Trace";
        }

        var cluster = new TelemetryCluster(await OtpCluster.StartAsync(new ClusterShape(Silos: 1, Gateways: 1), settings), receiver);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = ServiceSettings.Client, ["password"] = ServiceSettings.ClientSecret });
        using var answer = await cluster._http.PostAsync("/v2/token", form);
        using var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        cluster.Token = token.RootElement.GetProperty("accessToken").GetString()!;
        return cluster;
    }

    public Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string json, string? traceParent = null) =>
        RequestAsync(HttpMethod.Post, path, json, traceParent);

    public async Task<(HttpStatusCode Status, string Body)> RequestAsync(HttpMethod method, string path, string? json = null, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The first events of a stream that never ends.</summary>
    public async Task<string> StreamAsync(string path, int events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var text = new StringBuilder();
        while (events > 0 && await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            text.AppendLine(line);
            events -= line.StartsWith("data:", StringComparison.Ordinal) ? 1 : 0;
        }

        return text.ToString();
    }

    /// <summary>Waits until the receiver has got what is waited for.</summary>
    public static async Task UntilAsync(Func<bool> arrived) => await Pause.UntilAsync(() => Task.FromResult(arrived()), WaitTimeout);

    /// <summary>Ends the processes as an operator does, so that they send and write what is left.</summary>
    public async Task StopAsync()
    {
        foreach (var process in new[] { _cluster.Gateways[0], _cluster.Silos[0].Process })
        {
            await process.SignalAsync("TERM");
            Assert.Equal(0, await process.ExitAsync(WaitTimeout));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
