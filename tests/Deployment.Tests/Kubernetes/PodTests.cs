using System.Net;
using Otp.Cluster.Processes;
using Otp.Deployment.Harness;
using Otp.Redis.Servers;

namespace Otp.Deployment.Kubernetes;

/// <summary>A silo's and a gateway's process with what their pods are given: the environment of the manifests, and secrets as files.</summary>
public sealed class PodTests : IAsyncLifetime
{
    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-pods-");
    private readonly Manifests _manifests = new();
    private RedisServer _redis = null!;
    private Blanks _blanks = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var port = FreePort.Next();
        _blanks = new Blanks { Redis = $"127.0.0.1:{port}" };
        _redis = await RedisServer.StartAsync(new() { Password = _blanks.RedisPassword, Port = port });
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        _logs.Delete(recursive: true);
    }

    [Fact]
    public async Task They_start_with_the_manifests_settings_and_secrets_from_files()
    {
        await using var silo = Start("silo");
        await silo.ReadyAsync();
        await using var gateway = Start("gateway");
        await gateway.ReadyAsync();
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["username"] = Blanks.Client, ["password"] = Blanks.ClientSecret });

        using var answer = await http.PostAsync(new Uri(gateway.Url!, "/v2/token"), form, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private ServiceProcess Start(string target)
    {
        var environment = _manifests.EnvironmentOf($"otp-{target}");
        environment["Otp__SecretsDirectory"] = Mount(target, _blanks.Fill(_manifests.SecretsOf($"otp-{target}")));
        return Container.Start(target, environment, _logs.FullName, Url(), target == "gateway" ? Url() : null);
    }

    // As a kubelet does: each file is a link into a folder that a change replaces whole.
    private string Mount(string target, Dictionary<string, string> secrets)
    {
        var folder = _logs.CreateSubdirectory($"secrets-{target}");
        var version = folder.CreateSubdirectory("..2026_01_01_00_00_00.1");
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "..data"), version.Name);
        foreach (var (name, value) in secrets)
        {
            File.WriteAllText(Path.Combine(version.FullName, name), value + "\n");
            File.CreateSymbolicLink(Path.Combine(folder.FullName, name), Path.Combine("..data", name));
        }

        return folder.FullName;
    }

    private static Uri Url() => new($"http://127.0.0.1:{FreePort.Next()}");
}
