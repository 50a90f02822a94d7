using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Otp.Bench.Comparison.Systems;

/// <summary>A process that the comparison started, ended with it.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int KeptLines = 20;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    public ServiceProcess(ProcessRole role, ProcessStartInfo start)
    {
        Role = role;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public ProcessRole Role { get; }

    public int Id => _process.Id;

    /// <summary>Processor time that it and what it started have used.</summary>
    public TimeSpan CpuTime => Family(Id).Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);

    /// <summary>The last lines that it wrote.</summary>
    public string LastOutput => string.Join(Environment.NewLine, _output);

    /// <summary>Memory that it and what it started have resident, in bytes.</summary>
    public long ResidentBytes => Family(Id).Sum(process => process.WorkingSet64);

    /// <summary>A loopback port that nothing listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until <paramref name="isReady"/> says so.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or took too long; the message shows its last output.</exception>
    public async Task WaitUntilAsync(Func<Task<bool>> isReady)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isReady())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > StartLimit)
            {
                throw new InvalidOperationException(
                    $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} is not ready:"
                    + Environment.NewLine + LastOutput);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>The process and its descendants: a tool that <c>dotnet tool run</c> starts is a child of it.</summary>
    private static IEnumerable<Process> Family(int id)
    {
        yield return Process.GetProcessById(id);
        var children = $"/proc/{id}/task/{id}/children";
        var ids = File.Exists(children) ? File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        foreach (var member in ids.SelectMany(child => Family(int.Parse(child, CultureInfo.InvariantCulture))))
        {
            yield return member;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            while (_output.Count > KeptLines)
            {
                _output.TryDequeue(out _);
            }
        }
    }
}
