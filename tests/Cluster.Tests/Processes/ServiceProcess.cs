using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Otp.Cluster.Processes;

/// <summary>A gateway or a silo as a process; its output goes to a file. Gone with this object.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly StreamWriter _log;

    private ServiceProcess(string name, Process process, string logPath, Uri? url)
    {
        Name = name;
        Url = url;
        LogPath = logPath;
        _process = process;
        _log = new StreamWriter(logPath) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Write(line.Data);
        process.ErrorDataReceived += (_, line) => Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where a later version was published (<c>eng/next-version</c>), as OTP_PUBLISHED_NEXT says; null for nowhere.</summary>
    public static string? LaterVersion { get; } =
        Environment.GetEnvironmentVariable("OTP_PUBLISHED_NEXT") is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    public string Name { get; }

    /// <summary>Where it listens for HTTP.</summary>
    public Uri? Url { get; }

    public string LogPath { get; }

    public bool HasExited => _process.HasExited;

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a project of the service.</summary>
    /// <param name="name">What it is called here.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="arguments">Command line.</param>
    /// <param name="logs">The folder for its output.</param>
    /// <param name="url">Where it will listen for HTTP.</param>
    /// <param name="isLater">Whether it is of the later version.</param>
    public static ServiceProcess Start(
        string name,
        string project,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> arguments,
        string logs,
        Uri? url = null,
        bool isLater = false)
    {
        var program = Path.Combine(isLater ? Path.Combine(LaterVersion!, project) : FolderOf(project), $"Otp.{project}.dll");
        return Start(name, new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = logs }, environment, logs, url);
    }

    /// <summary>Starts a command.</summary>
    /// <param name="name">What it is called here.</param>
    /// <param name="command">The command.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="logs">The folder for its output.</param>
    /// <param name="url">Where it will listen for HTTP.</param>
    public static ServiceProcess Start(
        string name, ProcessStartInfo command, IReadOnlyDictionary<string, string> environment, string logs, Uri? url = null)
    {
        command.UseShellExecute = false;
        command.RedirectStandardOutput = command.RedirectStandardError = true;
        foreach (var (key, value) in environment)
        {
            command.Environment[key] = value;
        }

        return new ServiceProcess(name, Process.Start(command)!, Path.Combine(logs, $"{name}.log"), url);
    }

    /// <summary>Waits until it says that it can serve.</summary>
    /// <exception cref="InvalidOperationException">It ended, or took too long.</exception>
    public async Task ReadyAsync()
    {
        if (!await Pause.UntilAsync(async () => HasExited || await IsReadyAsync(), StartLimit) || HasExited)
        {
            throw new InvalidOperationException($"{Name} {(HasExited ? "ended" : "was not ready in time")}:{Environment.NewLine}{Output()}");
        }
    }

    /// <summary>Where a project's program is: what was published for it, if OTP_PUBLISHED says where; otherwise the build output beside that of the tests.</summary>
    public static string FolderOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Environment.GetEnvironmentVariable("OTP_PUBLISHED") is { Length: > 0 } published
            ? Path.Combine(Path.GetFullPath(published), project)
            : Path.Combine(own.Parent!.Parent!.FullName, project, own.Name);
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(Url!, "/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends a signal (<c>TERM</c>, <c>STOP</c>, <c>CONT</c>).</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code; null if it has not ended in time.</returns>
    public async Task<int?> ExitAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(limit);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>What it has written so far.</summary>
    public string Output()
    {
        using var reader = new StreamReader(new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        lock (_gate)
        {
            _log.Dispose();
        }
    }

    private void Write(string? line)
    {
        lock (_gate)
        {
            if (line is not null && _log.BaseStream is not null)
            {
                _log.WriteLine(line);
            }
        }
    }
}
