using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Otp.Bench.Comparison.Systems;

/// <summary>
/// The Redis that all systems share, with an append-only file flushed every second: <c>redis-server</c> from the PATH, otherwise Garnet
/// from the tool manifest. Its folder goes with it.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("otp-bench-");
    private readonly int _port = ServiceProcess.FreePort();
    private ConnectionMultiplexer? _control;

    private RedisServer(bool garnet)
    {
        Name = garnet ? "Garnet" : "Redis";
        var start = new ProcessStartInfo(garnet ? "dotnet" : "redis-server", garnet ? GarnetArguments() : RedisArguments());
        if (garnet)
        {
            start.WorkingDirectory = Folders.Repository;
        }

        Process = new ServiceProcess(ProcessRole.Redis, start);
    }

    public string Name { get; private set; }

    public ServiceProcess Process { get; }

    public string ConnectionString => $"127.0.0.1:{_port}";

    public static async Task<RedisServer> StartAsync(bool garnet)
    {
        if (garnet)
        {
            using var restore = System.Diagnostics.Process.Start(
                new ProcessStartInfo("dotnet", ["tool", "restore"])
                {
                    WorkingDirectory = Folders.Repository,
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                })!;
            await restore.WaitForExitAsync();
        }

        var server = new RedisServer(garnet);
        try
        {
            await server.Process.WaitUntilAsync(server.TryConnectAsync);
            server.Name += " " + (await server.InfoAsync("server")).GetValueOrDefault(garnet ? "garnet_version" : "redis_version");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How often each command was run so far, within scripts too; empty where the server does not count.</summary>
    public async Task<Dictionary<string, long>> CommandsAsync() =>
        (await InfoAsync("commandstats"))
            .Where(line => line.Key.StartsWith("cmdstat_", StringComparison.Ordinal))
            .ToDictionary(
                line => line.Key["cmdstat_".Length..],
                line => long.Parse(line.Value.Split('=', ',')[1], CultureInfo.InvariantCulture),
                StringComparer.Ordinal);

    /// <summary>Bytes that its data take; 0 where the server does not say.</summary>
    public async Task<long> MemoryAsync() =>
        long.TryParse((await InfoAsync("memory")).GetValueOrDefault("used_memory"), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;

    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        await Process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<bool> TryConnectAsync()
    {
        try
        {
            // INFO is for administrators.
            _control = await ConnectionMultiplexer.ConnectAsync(ConnectionString + ",allowAdmin=true");
            return true;
        }
        catch (RedisConnectionException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, string>> InfoAsync(string section)
    {
        var info = await _control!.GetServers()[0].InfoRawAsync(section) ?? "";
        return info.Split("\r\n")
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
    }

    private string[] RedisArguments() =>
    [
        "--port", $"{_port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "",
        "--appendonly", "yes", "--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0",
    ];

    private string[] GarnetArguments() =>
    [
        "tool", "run", "garnet-server", "--", "--port", $"{_port}", "--bind", "127.0.0.1", "--checkpointdir", _folder.FullName,
        "--memory", "4g", "--index", "256m", "--lua", "--lua-transaction-mode", "--device-type", "RandomAccess", "--aof",
    ];
}
