using System.Net.Http.Headers;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration.Memory;

namespace Otp.Gateway;

/// <summary>
/// Compiles a gateway's code before it listens. Otherwise its first callers would wait for the just-in-time compiler. A separate gateway, with
/// a silo in memory and an address that only this machine reaches, serves a few artificial sign-ins, and stops before the real one starts.
/// </summary>
internal static class WarmUp
{
    private const string Program = "warm-up";
    private const string Account = "AC00000000000000000000000000000000";
    private const string Service = "VA00000000000000000000000000000000";
    private const string Code = "314159";
    private const string WrongCode = "271828";
    private const int Rounds = 3;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Serves the sign-ins.</summary>
    public static async Task RunAsync()
    {
        using var timeout = new CancellationTokenSource(Timeout, TimeProvider.System);
        try
        {
            var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            await using var app = Build(ClientSecrets.Hash(secret));
            await app.StartAsync(timeout.Token);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
            var bearer = new AuthenticationHeaderValue("Bearer", await GetTokenAsync(http, secret, timeout.Token));
            var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Account}:{secret}")));
            for (var round = 0; round < Rounds; round++)
            {
                await SignInAsync(http, bearer, timeout.Token);
                await VerifyAsync(http, basic, timeout.Token);
            }

            await app.StopAsync(timeout.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // On a machine that is this busy, or that has no loopback address, the process warms up while it serves.
        }
    }

    private static WebApplication Build(string secretHash)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = nameof(WarmUp), ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.Sources.Add(new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Otp:ExposeCodes"] = "true",
                ["Otp:AllowExposedCodes"] = nameof(WarmUp),
                ["Otp:Delivery:Email:0"] = "inbox",
                [$"Otp:Programs:{Program}:Name"] = Program,
                [$"Otp:Programs:{Program}:Clients:{Program}:SecretHashes:0"] = secretHash,
                [$"Otp:Programs:{Program}:Clients:{Program}:Roles:0"] = "otp",
                [$"Otp:Programs:{Program}:Verify:ServiceSid"] = Service,
                [$"Otp:Programs:{Program}:Verify:AccountSid"] = Account,
                [$"Otp:Programs:{Program}:Verify:AuthTokenHashes:0"] = secretHash,
                [$"Otp:Programs:{Program}:Verify:CustomCode"] = "true",
            },
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return GatewayHost.Compose(builder);
    }
    private static async Task<string> GetTokenAsync(HttpClient http, string secret, CancellationToken cancellationToken)
    {
        var answer = await PostFormAsync(
            http, null, "v2/token", [new("grant_type", "password"), new("username", Program), new("password", secret)], cancellationToken);
        return answer.GetProperty("accessToken").GetString()!;
    }

    private static async Task SignInAsync(HttpClient http, AuthenticationHeaderValue credentials, CancellationToken cancellationToken)
    {
        const string Customers = "v2/giftcards/customers";
        var target = NewTarget();
        var sent = await PostJsonAsync(http, credentials, $"{Customers}/otp/send", $$"""{"target":"{{target}}"}""", cancellationToken);
        await PostJsonAsync(http, credentials, $"{Customers}/otp/verify", $$"""{"target":"{{target}}","code":"{{WrongCode}}"}""", cancellationToken);
        var code = sent.GetProperty("mockCode").GetString();
        var verified = await PostJsonAsync(http, credentials, $"{Customers}/otp/verify", $$"""{"target":"{{target}}","code":"{{code}}"}""", cancellationToken);
        var session = verified.GetProperty("sessionToken").GetString();
        await PostJsonAsync(http, credentials, $"{Customers}/session", $$"""{"sessionToken":"{{session}}"}""", cancellationToken);
    }

    private static async Task VerifyAsync(HttpClient http, AuthenticationHeaderValue credentials, CancellationToken cancellationToken)
    {
        var target = NewTarget();
        await PostFormAsync(
            http, credentials, $"v2/Services/{Service}/Verifications", [new("To", target), new("Channel", "email"), new("CustomCode", Code)], cancellationToken);
        foreach (var code in (string[])[WrongCode, Code])
        {
            await PostFormAsync(http, credentials, $"v2/Services/{Service}/VerificationCheck", [new("To", target), new("Code", code)], cancellationToken);
        }
    }

    private static string NewTarget() => $"{Guid.NewGuid():n}@{Program}.invalid";
    private static Task<JsonElement> PostJsonAsync(
        HttpClient http, AuthenticationHeaderValue credentials, string path, string body, CancellationToken cancellationToken) =>
        PostAsync(http, credentials, path, new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json), cancellationToken);

    private static Task<JsonElement> PostFormAsync(
        HttpClient http, AuthenticationHeaderValue? credentials, string path, KeyValuePair<string, string>[] form, CancellationToken cancellationToken) =>
        PostAsync(http, credentials, path, new FormUrlEncodedContent(form), cancellationToken);

    private static async Task<JsonElement> PostAsync(
        HttpClient http, AuthenticationHeaderValue? credentials, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { Authorization = credentials } };
        using var answer = await http.SendAsync(request, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
