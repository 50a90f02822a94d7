using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Otp.Cluster.Processes;
using Otp.Fuzz.Inputs;

namespace Otp.Fuzz;

/// <summary>A gateway as a process of its own, with its state in memory, and tokens for it.</summary>
internal sealed class FuzzGateway : IAsyncDisposable
{
    // A leak of managed memory ends the process before it ends the machine's.
    private const string HeapLimit = "0x20000000";

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-fuzz-");

    private FuzzGateway()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        Process = ServiceProcess.Start("gateway", "Gateway", Settings(), [$"--Urls={url}"], _logs.FullName, url);
    }

    public ServiceProcess Process { get; }

    public Uri Url => Process.Url!;

    /// <summary>A token of a client of each program.</summary>
    public IReadOnlyList<string> Tokens { get; private set; } = [];

    public static async Task<FuzzGateway> StartAsync()
    {
        var gateway = new FuzzGateway();
        try
        {
            await gateway.Process.ReadyAsync();
            gateway.Tokens = [await gateway.TokenAsync(ServiceSettings.Client), await gateway.TokenAsync(ServiceSettings.HastyClient)];
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    private static Dictionary<string, string> Settings()
    {
        var settings = ServiceSettings.Create();
        foreach (var category in (string[])["Default", "Otp", "Orleans", "Microsoft", "Microsoft.Hosting.Lifetime"])
        {
            settings[$"Logging__LogLevel__{category}"] = "Error";
        }

        // Hashing a wrong secret keeps a processor busy for so long that a burst of them would make answers late.
        settings["Otp__Limits__FailedTokensPerAddress__Limit"] = "5";

        // The collector of a server keeps what is free, which would look like growth.
        settings["DOTNET_gcServer"] = "0";
        settings["DOTNET_GCHeapHardLimit"] = HeapLimit;
        foreach (var program in (string[])["19", "20"])
        {
            var test = $"Otp__Programs__{program}__TestTargets__0__";
            settings[test + "Target"] = Vocabulary.KnownAddress;
            settings[test + "Code"] = Vocabulary.KnownCode;
            settings[test + "ExpiresOn"] = TimeProvider.System.GetUtcNow().AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        return settings;
    }

    private async Task<string> TokenAsync(string client)
    {
        using var http = new HttpClient { BaseAddress = Url };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["username"] = client,
            ["password"] = ServiceSettings.ClientSecret,
        });
        using var answer = await http.PostAsync(new Uri("/v2/token", UriKind.Relative), form);
        var token = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>();
        return token!["accessToken"]!.GetValue<string>();
    }
}
