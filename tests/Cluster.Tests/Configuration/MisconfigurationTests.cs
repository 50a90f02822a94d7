using System.Net;
using System.Net.Sockets;
using Otp.Cluster.Processes;
using Otp.Redis.Servers;

namespace Otp.Cluster.Configuration;

/// <summary>What is wrong with the configuration in cluster mode ends the process soon, with one message that names the setting.</summary>
public sealed class MisconfigurationTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("otp-cluster-");
    private readonly Dictionary<string, string> _settings = ServiceSettings.Create();
    private RedisServer _redis = null!;

    public static TheoryData<string> Projects => ["Silo", "Gateway"];

    public async ValueTask InitializeAsync() => _redis = await RedisServer.StartAsync(new() { Password = "a password", Port = FreePort.Next() });

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Missing_keys_are_named_all_at_once(string project)
    {
        foreach (var key in _settings.Keys.Where(k => k.Contains("Key", StringComparison.Ordinal) || k == "Otp__Cluster__Secret").ToList())
        {
            _settings.Remove(key);
        }

        var message = await FailAsync(project);

        // Each names what it uses: only silos make codes, only gateways make tokens.
        Assert.Equal(project == "Silo", message.Contains("Otp:CodeKeys:0", StringComparison.Ordinal));
        Assert.Equal(project == "Gateway", message.Contains("Otp:Tokens:SigningKeys:0", StringComparison.Ordinal));
        Assert.Contains("Otp:IndexKey", message, StringComparison.Ordinal);
        Assert.Contains("Otp:Cluster:Secret", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Short_key_is_named(string project)
    {
        _settings["Otp__IndexKey"] = Convert.ToBase64String(new byte[16]);

        Assert.Contains("Otp:IndexKey", await FailAsync(project), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Short_secret_of_the_cluster_is_named_and_not_shown(string project)
    {
        var secret = _settings["Otp__Cluster__Secret"] = Convert.ToBase64String(new byte[16]);

        var message = await FailAsync(project);

        Assert.Contains("Otp:Cluster:Secret", message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Certificate_that_cannot_be_read_is_named_with_the_other_faults(string project)
    {
        _settings.Remove("Otp__Cluster__Secret");
        _settings["Otp__Cluster__Certificate"] = Path.Combine(_logs.FullName, "none.pem");
        _settings["Otp__IndexKey"] = Convert.ToBase64String(new byte[16]);

        var message = await FailAsync(project);

        Assert.Contains("Otp:Cluster:Certificate", message, StringComparison.Ordinal);
        Assert.DoesNotContain("none.pem", message, StringComparison.Ordinal);
        Assert.Contains("Otp:IndexKey", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Http_port_in_use_is_named(string project)
    {
        using var taken = Take();

        // A gateway of a split cluster would wait for a silo first. Orleans logs the calls that the end of an embedded silo cuts off.
        string[] arguments = project == "Gateway" ? ["--ConnectionStrings:redis=", "--Logging:LogLevel:Orleans=None"] : [];
        var message = await FailAsync(project, [$"--Urls=http://127.0.0.1:{PortOf(taken)}", .. arguments]);

        Assert.Contains("Urls", message, StringComparison.Ordinal);
        Assert.Contains($"{PortOf(taken)}", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    public async Task Port_of_a_silo_in_use_is_named(string setting)
    {
        using var taken = Take();

        var message = await FailAsync("Silo", $"--Orleans:Endpoints:{setting}={PortOf(taken)}");

        Assert.Contains("Orleans:Endpoints", message, StringComparison.Ordinal);
        Assert.Contains($"{PortOf(taken)}", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Redis_that_is_not_there_is_named(string project)
    {
        var port = FreePort.Next();

        var message = await FailAsync(project, $"--ConnectionStrings:redis=127.0.0.1:{port}");

        Assert.Contains("ConnectionStrings:redis", message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{port}", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Wrong_password_of_Redis_is_named_and_not_shown(string project)
    {
        var message = await FailAsync(project, $"--ConnectionStrings:redis=127.0.0.1:{_redis.Port},password=not-the-password");

        Assert.Contains("ConnectionStrings:redis", message, StringComparison.Ordinal);
        Assert.Contains("password", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("not-the-password", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_without_Redis_is_told_so()
    {
        Assert.Contains("ConnectionStrings:redis", await FailAsync("Silo", "--ConnectionStrings:redis="), StringComparison.Ordinal);
    }

    /// <summary>Starts a process that is to fail, with Redis and its password right unless the arguments say otherwise.</summary>
    /// <returns>What it wrote.</returns>
    private async Task<string> FailAsync(string project, params string[] arguments)
    {
        string[] defaults =
        [
            $"--ConnectionStrings:redis=127.0.0.1:{_redis.Port},password=a password",
            "--Orleans:Endpoints:AdvertisedIPAddress=127.0.0.1",
            $"--Orleans:Endpoints:SiloPort={FreePort.Next()}",
            $"--Orleans:Endpoints:GatewayPort={FreePort.Next()}",
            $"--Urls=http://127.0.0.1:{FreePort.Next()}",
        ];
        await using var process = ServiceProcess.Start("misconfigured", project, _settings, [.. defaults, .. arguments], _logs.FullName);
        var exitCode = await process.ExitAsync(Limit);
        var output = process.Output();
        Assert.True(exitCode is > 0, $"Exit code {exitCode?.ToString() ?? "none"}: {output}");
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return output;
    }

    private static TcpListener Take()
    {
        var listener = new TcpListener(IPAddress.Loopback, FreePort.Next());
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
