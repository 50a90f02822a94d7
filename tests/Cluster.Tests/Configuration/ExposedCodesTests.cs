using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Otp.Cluster.Processes;

namespace Otp.Cluster.Configuration;

/// <summary>A gateway whose own settings do not expose codes, with a silo whose settings do.</summary>
public sealed class ExposedCodesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gateway_passes_no_code_on()
    {
        await using var cluster = await OtpCluster.StartAsync(new ClusterShape(Silos: 1, Gateways: 0));
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var settings = cluster.Settings.ToDictionary(StringComparer.Ordinal);
        settings["ASPNETCORE_ENVIRONMENT"] = settings["DOTNET_ENVIRONMENT"] = "Production";
        settings["Otp__ExposeCodes"] = "false";
        await using var gateway = ServiceProcess.Start(
            "gateway", "Gateway", settings, [$"--ConnectionStrings:redis=127.0.0.1:{cluster.Redis.Port}", $"--Urls={url}"], cluster.Logs, url);
        await gateway.ReadyAsync();
        using var http = new HttpClient { BaseAddress = url };

        var answer = await SendAsync(http);

        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("mockCode").ValueKind);
    }

    private static async Task<JsonElement> SendAsync(HttpClient http)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = ServiceSettings.Client, ["password"] = ServiceSettings.ClientSecret });
        using var token = await http.PostAsync("/v2/token", form, Cancellation);
        var accessToken = JsonElement.Parse(await token.Content.ReadAsStringAsync(Cancellation)).GetProperty("accessToken").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var target = new StringContent("""{"target":"exposed@example.com"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/v2/giftcards/customers/otp/send", target, Cancellation);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
