using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Otp.Cluster.Processes;
using Otp.Cluster.Redis;
using Otp.Gateway.Tests.Verify;

namespace Otp.Cluster.Verify;

/// <summary>What Redis and the logs hold of verifications.</summary>
public sealed class StoredVerificationTests
{
    private const string Root = $"/v2/Services/{TwilioDemo.Service}";
    private const string CustomCode = "70314265";
    private const string Payee = "acme-paid-here";

    [Fact]
    public async Task Redis_shows_no_target_code_or_payment_and_erase_leaves_no_key()
    {
        await using var cluster = await OtpCluster.StartAsync(
            new ClusterShape(1, 1),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Otp__Programs__19__Verify__CustomCode"] = "true", ["Otp__Programs__19__Verify__Psd2"] = "true" });
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Url };
        var mark = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var to = $"{mark}@example.com";
        var before = (await ReadAsync(cluster)).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(HttpStatusCode.Created, await PostAsync(http, $"{Root}/Verifications", new()
        {
            ["To"] = to,
            ["Channel"] = "email",
            ["CustomCode"] = CustomCode,
            ["Amount"] = "1 EUR",
            ["Payee"] = Payee,
        }));

        var records = (await ReadAsync(cluster)).Where(entry => !before.Contains(entry.Key)).ToList();
        Assert.Equal(["target", "verification"], records.Select(record => record.Key.Split('/')[2]).Order(StringComparer.Ordinal));
        foreach (var secret in new[] { mark, CustomCode, Payee, Convert.ToBase64String(Encoding.UTF8.GetBytes(Payee)) })
        {
            Assert.DoesNotContain(records, record => $"{record.Key} {record.Content}".Contains(secret, StringComparison.OrdinalIgnoreCase));
        }

        Assert.All(records, record => Assert.NotNull(record.Expiry));
        Assert.Equal(HttpStatusCode.NoContent, await EraseAsync(http, to));
        Assert.DoesNotContain(await ReadAsync(cluster), entry => !before.Contains(entry.Key));
    }

    [Fact]
    public async Task Logs_of_all_levels_hold_no_address_though_paths_do()
    {
        await using var cluster = await OtpCluster.StartAsync(
            new ClusterShape(0, 1), new Dictionary<string, string>(StringComparer.Ordinal) { ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace" });
        using var http = new HttpClient { BaseAddress = cluster.Gateways[0].Url };
        var mark = RandomNumberGenerator.GetHexString(16, lowercase: true);
        await PostAsync(http, $"{Root}/Verifications", new() { ["To"] = $"{mark}@example.com", ["Channel"] = "email" });

        Assert.Equal(HttpStatusCode.OK, await PostAsync(http, $"{Root}/Verifications/{mark}@example.com", new() { ["Status"] = "canceled" }));

        var output = cluster.Gateways[0].Output();
        Assert.Contains("Microsoft.AspNetCore", output, StringComparison.Ordinal);
        Assert.DoesNotContain(mark, output, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<List<RedisEntry>> ReadAsync(OtpCluster cluster)
    {
        var records = new List<RedisEntry>();
        await foreach (var entry in RedisContent.ReadAsync(cluster.Redis.ConnectionString))
        {
            if (entry.IsRecord)
            {
                records.Add(entry);
            }
        }

        return records;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient http, string path, Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{TwilioDemo.Account}:{TwilioDemo.Token}")));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> EraseAsync(HttpClient http, string to)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = ServiceSettings.Client, ["password"] = ServiceSettings.ClientSecret });
        using var answer = await http.PostAsync("/v2/token", form, TestContext.Current.CancellationToken);
        using var token = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/targets/erase")
        {
            Content = new StringContent($$"""{"target":"{{to}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.RootElement.GetProperty("accessToken").GetString());
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
