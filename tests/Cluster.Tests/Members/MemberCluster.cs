using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Cluster.Processes;
using Otp.Cluster.Redis;

namespace Otp.Cluster.Members;

/// <summary>Two silos, a gateway and Redis as processes, called as the demo client.</summary>
public sealed class MemberCluster : IAsyncLifetime
{
    private const string Api = "/lbms-ingress/member/api/Member/";

    private OtpCluster _cluster = null!;
    private HttpClient _http = null!;

    public Uri Url => _http.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await OtpCluster.StartAsync(new ClusterShape(Silos: 2, Gateways: 1));
        _http = new HttpClient { BaseAddress = _cluster.Gateways[0].Url };
        using var token = JsonDocument.Parse((await SendAsync(
            HttpMethod.Post,
            "/lbms-ingress/oauth/api/Auth/Token",
            $$"""{"grant_type":"client_credentials","client_id":"{{ServiceSettings.Client}}","client_secret":"{{ServiceSettings.ClientSecret}}"}""")).Body);
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("bearer", token.RootElement.GetProperty("results").GetProperty("token").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    public Task<(HttpStatusCode Status, string Body)> PutMemberAsync(string reference, string email) =>
        SendAsync(HttpMethod.Put, $"/admin/members/{reference}", $$"""{"email":"{{email}}"}""");

    public Task<(HttpStatusCode Status, string Body)> GenerateAsync(string whom, string suffix = "") => SendAsync(
        HttpMethod.Post,
        $"{Api}GenerateOTP{suffix}",
        $$"""{"UniquerefID":"{{whom}}","SourceAddress":"192.168.1.1","SourceCode":1,"OtpType":"LOGIN","ProgramId":19,"RelationType":4}""");

    public Task<(HttpStatusCode Status, string Body)> VerifyAsync(string whom, string code, string suffix = "") => SendAsync(
        HttpMethod.Post,
        $"{Api}VerifyOTP{suffix}",
        $$"""
        {"UniquerefID":"{{whom}}","OTP":{{long.Parse(code)}},"DestinationAddress":"192.168.1.1","Destination":"Web","OtpType":"LOGIN","ProgramId":19,"RelationType":4}
        """);

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The newest code sent to a target; null if it got none.</summary>
    public async Task<string?> LatestCodeAsync(string target)
    {
        using var inbox = JsonDocument.Parse((await SendAsync(HttpMethod.Get, "/dev/inbox")).Body);
        return inbox.RootElement.EnumerateArray()
            .FirstOrDefault(message => message.GetProperty("to").GetString() == target) is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("code").GetString()
            : null;
    }

    /// <summary>Every record in Redis, with its remaining life in milliseconds.</summary>
    internal async Task<Dictionary<string, (string Content, long Expiry)>> RecordsAsync()
    {
        var records = new Dictionary<string, (string, long)>(StringComparer.Ordinal);
        await foreach (var entry in RedisContent.ReadAsync(_cluster.Redis.ConnectionString))
        {
            if (entry.IsRecord)
            {
                records[entry.Key] = (entry.Content, (long)(entry.Expiry?.TotalMilliseconds ?? -1));
            }
        }

        return records;
    }
}
