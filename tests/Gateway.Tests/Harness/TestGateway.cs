using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;
using Otp.Gateway.Tests.OpenApi;

namespace Otp.Gateway.Tests.Harness;

/// <summary>
/// The whole gateway in this process, on a free loopback port, with a clock of its own and without limits on callers. Programs: <c>acme</c> (region GB; clients
/// <c>acme-app</c> and, with the role <c>admin</c> alone, <c>acme-admin</c>), <c>globex</c> (client <c>globex-app</c>), <c>mute</c>
/// (client <c>mute-app</c>), whose only provider is a mail server that is not there.
/// </summary>
public sealed class TestGateway : IAsyncDisposable
{
    public const string Acme = "acme-app";
    public const string AcmeAdmin = "acme-admin";
    public const string Globex = "globex-app";
    public const string Mute = "mute-app";
    public const string Secret = "correct horse battery staple";
    public const string SendPath = "/v2/giftcards/customers/otp/send";
    public const string VerifyPath = "/v2/giftcards/customers/otp/verify";
    public const string SessionPath = "/v2/giftcards/customers/session";
    public const string TokenPath = "/v2/token";

    /// <summary>The key that access tokens are signed with, so that tests can forge some.</summary>
    public static readonly byte[] SigningKey = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>The hash of <see cref="Secret"/> that every client has.</summary>
    public static readonly string SecretHash = HashOf(Secret);

    private readonly WebApplication _app;
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _tokensGate = new(1, 1);
    private Task? _stop;

    private TestGateway(WebApplication app, ManualTimeProvider time, CapturedLogs logs)
    {
        _app = app;
        Time = time;
        Logs = logs;
        Port = new Uri(app.Urls.First()).Port;
        Http = new HttpClient(new DocumentedAnswers(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 }))
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public ManualTimeProvider Time { get; }

    public CapturedLogs Logs { get; }

    public int Port { get; }

    public IServiceProvider Services => _app.Services;

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a gateway; <paramref name="settings"/> come over the harness' own.</summary>
    public static async Task<TestGateway> StartAsync(
        Dictionary<string, string>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var time = new ManualTimeProvider();
        var logs = new CapturedLogs();
        var app = GatewayHost.Build(ToArguments(settings ?? []), builder =>
        {
            builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
            builder.Services.Configure<LoggerFilterOptions>(o => o.Rules.Clear());
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            configure?.Invoke(builder);
        });
        await app.StartAsync(Cancellation);
        return new TestGateway(app, time, logs);
    }

    public static string HashOf(string secret, int iterations = 1) =>
        new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = iterations })).HashPassword(Secret, secret);

    /// <summary>An e-mail address that no other test uses.</summary>
    public static string NewTarget() => $"{System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true)}@example.com";

    public async Task<string> TokenAsync(string client = Acme)
    {
        await _tokensGate.WaitAsync(Cancellation);
        try
        {
            if (!_tokens.TryGetValue(client, out var token))
            {
                var answer = await PostFormAsync(TokenPath, new() { ["username"] = client, ["password"] = Secret });
                _tokens[client] = token = answer.Text("accessToken");
            }

            return token;
        }
        finally
        {
            _tokensGate.Release();
        }
    }

    public async Task<Answer> PostFormAsync(string path, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await Http.PostAsync(path, content, Cancellation);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Asks for a token without remembering it.</summary>
    public Task<Answer> TryTokenAsync(string client, string secret) =>
        PostFormAsync(TokenPath, new() { ["username"] = client, ["password"] = secret });

    public async Task<Answer> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, Cancellation);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Posts the text as it is, as <paramref name="client"/>.</summary>
    public async Task<Answer> PostAsync(string path, string json, string client = Acme, string? idempotencyKey = null)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await PostAsync(path, content, await TokenAsync(client), idempotencyKey);
    }

    public Task<Answer> PostAsync(string path, HttpContent? content, string? token, string? idempotencyKey = null) =>
        CallAsync(HttpMethod.Post, path, content, token, idempotencyKey);

    public async Task<Answer> CallAsync(HttpMethod method, string path, HttpContent? content, string? token, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        }

        using var response = await Http.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> SendAsync(string target, string client = Acme, string? idempotencyKey = null) =>
        PostAsync(SendPath, new JsonObject { ["target"] = target }.ToJsonString(), client, idempotencyKey);

    /// <summary>Sends a code and returns it.</summary>
    public async Task<string> SendCodeAsync(string target, string client = Acme)
    {
        var answer = await SendAsync(target, client);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        return answer.Text("mockCode");
    }

    public Task<Answer> VerifyAsync(
        string target, string code, string client = Acme, string? idempotencyKey = null, string? name = null) =>
        PostAsync(VerifyPath, new JsonObject { ["target"] = target, ["code"] = code, ["name"] = name }.ToJsonString(), client, idempotencyKey);

    public Task<Answer> SessionAsync(string sessionToken, string client = Acme) =>
        PostAsync(SessionPath, new JsonObject { ["sessionToken"] = sessionToken }.ToJsonString(), client);

    public async Task<Answer> EndSessionAsync(string sessionToken, string client = Acme)
    {
        using var content = new StringContent(new JsonObject { ["sessionToken"] = sessionToken }.ToJsonString(), Encoding.UTF8, "application/json");
        return await CallAsync(HttpMethod.Delete, SessionPath, content, await TokenAsync(client));
    }

    /// <summary>A code of the same length that is not <paramref name="code"/>.</summary>
    public static string WrongFor(string code) => (code[0] == '9' ? '0' : (char)(code[0] + 1)) + code[1..];

    /// <summary>Stops the gateway as its host would: once, for a second time would drain again.</summary>
    public Task StopAsync() => _stop ??= _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _tokensGate.Dispose();
        await StopAsync();
        await _app.DisposeAsync();
    }

    private static string[] ToArguments(Dictionary<string, string> settings)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["environment"] = "Development",
            ["urls"] = "http://127.0.0.1:0",
            ["Otp:Tokens:SigningKeys:0"] = Convert.ToBase64String(SigningKey),
            ["Otp:Tokens:Lifetime"] = "30.00:00:00",
            ["Otp:Limits:SendsPerAddress:Limit"] = "0",
            ["Otp:Limits:TokensPerAddress:Limit"] = "0",
            ["Otp:Limits:FailedTokensPerAddress:Limit"] = "0",
            ["Otp:Limits:FailedTokensPerClient:Limit"] = "0",
            ["Otp:Delivery:Smtp:smtp:Host"] = "127.0.0.1",
            ["Otp:Delivery:Smtp:smtp:Port"] = "1",
            ["Otp:Delivery:Smtp:smtp:From"] = "otp@example.com",
            ["Otp:Programs:acme:DefaultRegion"] = "GB",
            ["Otp:Programs:acme:Clients:acme-app:SecretHashes:0"] = SecretHash,
            ["Otp:Programs:acme:Clients:acme-app:Roles:0"] = "otp",
            ["Otp:Programs:acme:Clients:acme-admin:SecretHashes:0"] = SecretHash,
            ["Otp:Programs:acme:Clients:acme-admin:Roles:0"] = "admin",
            ["Otp:Programs:globex:Clients:globex-app:SecretHashes:0"] = SecretHash,
            ["Otp:Programs:globex:Clients:globex-app:Roles:0"] = "otp",
            ["Otp:Programs:mute:Clients:mute-app:SecretHashes:0"] = SecretHash,
            ["Otp:Programs:mute:Clients:mute-app:Roles:0"] = "otp",
            ["Otp:Programs:mute:Delivery:Email:0"] = "smtp",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        return [.. all.Select(s => $"--{s.Key}={s.Value}")];
    }
}
