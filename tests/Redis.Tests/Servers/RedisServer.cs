using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Otp.Redis.Servers;

/// <summary>A real server on a free loopback port, with a folder of its own, gone with this object.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly RedisServerOptions _options;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-tests-");
    private Process? _process;

    private RedisServer(RedisKind kind, RedisServerOptions options)
    {
        Kind = kind;
        _options = options;
        Port = options.Port ?? FindPort();
        TlsPort = options.Certificate is null ? 0 : FindPort();
    }

    public RedisKind Kind { get; }

    public int Port { get; }

    public int TlsPort { get; }

    public string ConnectionString => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync(RedisServerOptions? options = null)
    {
        var server = new RedisServer(await RedisBinary.RequireAsync(), options ?? new());
        try
        {
            await server.RunAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task RunAsync()
    {
        var command = RedisBinary.Command(Kind);
        foreach (var argument in Kind == RedisKind.Redis ? RedisArguments() : GarnetArguments())
        {
            command.ArgumentList.Add(argument);
        }

        command.RedirectStandardOutput = command.RedirectStandardError = true;
        _process = Process.Start(command)!;
        var output = new ConcurrentQueue<string?>();
        _process.OutputDataReceived += (_, line) => output.Enqueue(line.Data);
        _process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await AnswersAsync())
        {
            if (_process.HasExited)
            {
                Assert.Fail($"{Kind} does not start: {string.Join(Environment.NewLine, output)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Ends the server at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Holds the server's processes still (SIGSTOP).</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>Lets them go on (SIGCONT).</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static int FindPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, port: 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private IEnumerable<string> RedisArguments()
    {
        IEnumerable<string> arguments =
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--appendonly", _options.Durable ? "yes" : "no", "--appendfsync", "always"];
        if (_options.Password is { } password)
        {
            arguments = arguments.Concat(["--requirepass", password]);
        }

        if (_options.Certificate is { } certificate)
        {
            arguments = arguments.Concat(TlsArguments(certificate));
        }

        if (_options.Cluster)
        {
            arguments = arguments.Concat(["--cluster-enabled", "yes"]);
        }

        return _options.Users is null ? arguments : arguments.Concat(["--aclfile", AccessList()]);
    }

    private string[] TlsArguments(X509Certificate2 certificate)
    {
        var (file, keyFile) = (Path.Combine(_folder.FullName, "tls.crt"), Path.Combine(_folder.FullName, "tls.key"));
        File.WriteAllText(file, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return ["--tls-port", $"{TlsPort}", "--tls-cert-file", file, "--tls-key-file", keyFile, "--tls-ca-cert-file", file, "--tls-auth-clients", "no"];
    }

    private IEnumerable<string> GarnetArguments()
    {
        IEnumerable<string> arguments =
            ["--port", $"{Port}", "--bind", "127.0.0.1", "--checkpointdir", _folder.FullName, "--memory", "64m", "--index", "1m", "--lua", "--lua-transaction-mode", "--device-type", "RandomAccess"];
        if (_options.Durable)
        {
            arguments = arguments.Concat(["--aof", "--aof-commit-wait", "--recover"]);
        }

        if (_options.Password is { } password)
        {
            arguments = arguments.Concat(["--auth", "Password", "--password", password]);
        }

        return _options.Users is null ? arguments : arguments.Concat(["--auth", "ACL", "--acl-file", AccessList()]);
    }

    private string AccessList()
    {
        var path = Path.Combine(_folder.FullName, "users.acl");
        File.WriteAllLines(path, _options.Users!);
        return path;
    }

    private async Task<bool> AnswersAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            await socket.SendAsync("*1\r\n$4\r\nPING\r\n"u8.ToArray());
            var answer = new byte[64];
            var length = await socket.ReceiveAsync(answer);
            return answer.AsSpan(0, length).StartsWith("+PONG"u8) || answer.AsSpan(0, length).StartsWith("-NOAUTH"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent on Linux alone.");
        var ids = Descendants(_process!.Id).Select(id => $"{id}");
        using var kill = Process.Start("kill", ids.Prepend(signal));
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    private static IEnumerable<int> Descendants(int id) =>
        File.ReadAllText($"/proc/{id}/task/{id}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(int.Parse)
            .SelectMany(Descendants)
            .Prepend(id);
}
