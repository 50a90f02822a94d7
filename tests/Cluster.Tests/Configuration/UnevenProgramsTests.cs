using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Cluster.Processes;
using Otp.Redis.Servers;

namespace Otp.Cluster.Configuration;

/// <summary>A gateway that has read of a program before the silo has.</summary>
public sealed class UnevenProgramsTests : IAsyncLifetime
{
    private const string Early = "early";

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-cluster-");
    private readonly Dictionary<string, string> _settings = ServiceSettings.Create();
    private readonly HttpClient _http = new();
    private RedisServer _redis = null!;
    private ServiceProcess _silo = null!;
    private ServiceProcess _gateway = null!;

    private string Redis => $"--ConnectionStrings:redis=127.0.0.1:{_redis.Port}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.StartAsync(new() { Port = FreePort.Next() });
        _silo = Start(
            "Silo", Redis, $"--Orleans:Endpoints:SiloPort={FreePort.Next()}", $"--Orleans:Endpoints:GatewayPort={FreePort.Next()}", "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1");
        _gateway = Start(
            "Gateway",
            Redis,
            $"--Otp:Programs:21:Clients:{Early}:SecretHashes:0={_settings["Otp__Programs__19__Clients__demo__SecretHashes__0"]}",
            $"--Otp:Programs:21:Clients:{Early}:Roles:0=otp");
        await _silo.ReadyAsync();
        await _gateway.ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _gateway.DisposeAsync();
        await _silo.DisposeAsync();
        await _redis.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    [Fact]
    public async Task Its_callers_are_told_to_come_back_and_those_of_others_are_served()
    {
        using var early = await SendAsync(Early);
        using var known = await SendAsync(ServiceSettings.Client);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), early.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.Contains("A silo does not know program 21", _gateway.Output(), StringComparison.Ordinal);
        Assert.Contains("A gateway calls for program 21", _silo.Output(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string client)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = client, ["password"] = ServiceSettings.ClientSecret });
        using var answer = await _http.PostAsync(new Uri(_gateway.Url!, "/v2/token"), form, Cancellation);
        using var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway.Url!, "/v2/giftcards/customers/otp/send"))
        {
            Content = new StringContent("""{"target":"early@example.com"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("accessToken").GetString());
        return await _http.SendAsync(request, Cancellation);
    }

    private ServiceProcess Start(string project, params string[] arguments)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        return ServiceProcess.Start(project, project, _settings, [.. arguments, $"--Urls={url}"], _logs.FullName, url);
    }
}
