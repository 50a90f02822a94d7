using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.Sockets;

namespace Otp.Bench.Comparison.Systems;

/// <summary>A system that runs: its processes, and the port that it answers HTTP on.</summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    private readonly List<ServiceProcess> _processes = [];

    private SystemUnderTest(SystemKind kind) => Kind = kind;

    public SystemKind Kind { get; }

    public int Port { get; } = ServiceProcess.FreePort();

    public IReadOnlyList<ServiceProcess> Processes => _processes;

    /// <summary>Starts the system and waits until it is ready.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="redis">The Redis that it uses.</param>
    /// <param name="access">The keys and settings that all systems share.</param>
    /// <param name="runtime">Further environment for its processes.</param>
    public static async Task<SystemUnderTest> StartAsync(
        SystemKind kind, RedisServer redis, SharedSettings access, IReadOnlyDictionary<string, string>? runtime = null)
    {
        var system = new SystemUnderTest(kind);
        var environment = access.For(kind, redis.ConnectionString);
        foreach (var (name, value) in (kind.Environment ?? ImmutableDictionary<string, string>.Empty).Concat(runtime ?? ImmutableDictionary<string, string>.Empty))
        {
            environment[name] = value;
        }

        try
        {
            for (var i = 0; i < kind.Silos; i++)
            {
                await system.RunAsync(ProcessRole.Silo, "Silo", ServiceProcess.FreePort(), environment);
            }

            await system.RunAsync(ProcessRole.Http, kind.Project, system.Port, environment);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does work on the system.</summary>
    /// <exception cref="InvalidOperationException">The work failed; the message names the system and shows what its processes said last.</exception>
    public async Task<T> UseAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException or IOException or SocketException)
        {
            var said = string.Join(Environment.NewLine, _processes.Select(process => process.LastOutput));
            throw new InvalidOperationException($"{Kind.Title}: {exception.Message}{Environment.NewLine}{said}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }
    }

    private async Task RunAsync(ProcessRole role, string project, int port, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Folders.AssemblyOf(project), "--urls", $"http://127.0.0.1:{port}"]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["Orleans__Endpoints__SiloPort"] = $"{ServiceProcess.FreePort()}";
        start.Environment["Orleans__Endpoints__GatewayPort"] = $"{ServiceProcess.FreePort()}";
        var process = new ServiceProcess(role, start);
        _processes.Add(process);
        await process.WaitUntilAsync(() => IsReadyAsync(port));
    }

    private static async Task<bool> IsReadyAsync(int port)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
