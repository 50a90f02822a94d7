using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Otp.Programs;

namespace Otp.Gateway.Tests.Harness;

/// <summary>A settings file that a running gateway watches, as it does its <c>appsettings.json</c>.</summary>
public sealed class SettingsFile : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-settings-");

    private string FilePath => Path.Combine(_folder.FullName, "settings.json");

    public static JsonObject Client(params string[] secrets) => new()
    {
        ["SecretHashes"] = new JsonArray([.. secrets.Select(secret => JsonValue.Create(TestGateway.HashOf(secret)))]),
        ["Roles"] = new JsonArray("otp"),
    };

    /// <summary>Starts a gateway that has the file's settings over the harness' own.</summary>
    public Task<TestGateway> StartAsync() =>
        TestGateway.StartAsync(configure: builder => builder.Configuration.AddJsonFile(FilePath, optional: false, reloadOnChange: true));

    /// <summary>Replaces the programs in the file, as an editor does: beside it, then in its place.</summary>
    public void Write(JsonObject programs)
    {
        var text = new JsonObject { ["Otp"] = new JsonObject { ["Programs"] = programs } }.ToJsonString();
        File.WriteAllText($"{FilePath}.new", text);
        File.Move($"{FilePath}.new", FilePath, overwrite: true);
    }

    /// <summary>Lets time pass until a change has come so far.</summary>
    public static async Task UntilAsync(TestGateway gateway, Func<Task<bool>> condition)
    {
        using var safety = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        safety.CancelAfter(SafetyTimeout);
        while (!await condition())
        {
            gateway.Time.Advance(ProgramReload.SettleDelay);
            await Task.Delay(PollInterval, TimeProvider.System, safety.Token);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
