using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using Otp.Programs;
using Otp.Telemetry;

namespace Otp.Gateway.Audit;

/// <summary>The audit's file: events wait in bounded memory for one writer, which appends all that wait at once.</summary>
/// <remarks>
/// Requests go on whatever becomes of the file: people who cannot sign in because a disk is full are the greater harm, and whoever must not
/// miss an event watches the counter and the log. What cannot be written is tried again every second; what no longer fits in memory
/// meanwhile is lost, counted in <c>otp.audit.lost</c> and told in an error line. Each write goes to where the file ends now, so the file
/// may be cut short under it (logrotate's <c>copytruncate</c>).
/// </remarks>
internal sealed partial class AuditFile : IHostedService, IDisposable
{
    private const int LongestQueue = 16 * 1024;
    private const int MostAtOnce = 1024;

    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportPause = TimeSpan.FromMinutes(1);

    private static readonly Counter<long> Lost =
        OtpTelemetry.Meter.CreateCounter<long>("otp.audit.lost", "{event}", "Audited requests that could not be written to the audit's file.");

    private readonly Channel<AuditEvent> _queue =
        Channel.CreateBounded<AuditEvent>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly FileStream? _file;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditFile> _logger;
    private readonly CancellationTokenSource _givingUp = new();
    private readonly AuditLines _lines = new();
    private Task _writing = Task.CompletedTask;
    private DateTimeOffset _reportedAt;
    private long _lost;
    private volatile bool _isFailing;

    /// <summary>Opens the file, if the settings name one.</summary>
    public AuditFile(IOptions<OtpOptions> options, TimeProvider time, ILogger<AuditFile> logger)
    {
        (_time, _logger) = (time, logger);
        _file = options.Value.Audit.Path is { } path ? Open(path) : null;
    }

    /// <summary>Whether there is a file.</summary>
    public bool IsOpen => _file is not null;

    /// <summary>Opens a file to append to; one that is made is for its owner alone, and nobody else may write it meanwhile.</summary>
    public static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Takes an event; never waits.</summary>
    public void Write(in AuditEvent done)
    {
        if (_file is not null && !_queue.Writer.TryWrite(done))
        {
            Lose(1);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
        {
            _writing = Task.Run(() => WriteAllAsync(_file.SafeFileHandle), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes what waits; when the patience ends first, or the file cannot be written, the rest is lost.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await using var patience = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _givingUp);
        if (_isFailing)
        {
            await _givingUp.CancelAsync();
        }

        await _writing;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _givingUp.Dispose();
        _lines.Dispose();
    }

    private async Task WriteAllAsync(SafeFileHandle file)
    {
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_lines.Count < MostAtOnce && _queue.Reader.TryRead(out var next))
            {
                _lines.Add(next);
            }

            while (!TryAppend(file) && !_givingUp.IsCancellationRequested)
            {
                Report();
                await Task.Delay(RetryPause, _time, _givingUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_isFailing)
            {
                Lose(_lines.Count);
            }

            _lines.Clear();
            Report();
        }

        Report();
    }

    private bool TryAppend(SafeFileHandle file)
    {
        long end = 0;
        try
        {
            end = RandomAccess.GetLength(file);
            RandomAccess.Write(file, _lines.Written, end);
            if (_isFailing)
            {
                _isFailing = false;
                LogWritable();
            }

            return true;
        }
        catch (IOException exception)
        {
            CutBack(file, end);
            if (!_isFailing)
            {
                _isFailing = true;
                LogUnwritable(exception);
            }

            return false;
        }
    }

    // No half line stays when the disk was full in the middle of one.
    private static void CutBack(SafeFileHandle file, long end)
    {
        try
        {
            if (RandomAccess.GetLength(file) > end)
            {
                RandomAccess.SetLength(file, end);
            }
        }
        catch (IOException)
        {
            // The disk itself is at fault; the next write says so again.
        }
    }

    private void Lose(int count)
    {
        Lost.Add(count);
        Interlocked.Add(ref _lost, count);
    }

    private void Report()
    {
        var now = _time.GetUtcNow();
        var isDue = _queue.Reader.Completion.IsCompleted || (!_givingUp.IsCancellationRequested && now - _reportedAt >= ReportPause);
        if (isDue && Volatile.Read(ref _lost) > 0)
        {
            _reportedAt = now;
            LogLost(Interlocked.Exchange(ref _lost, 0));
        }
    }

    [LoggerMessage(4010, LogLevel.Error, "{Count} audited requests could not be written and are lost")]
    private partial void LogLost(long count);

    [LoggerMessage(4011, LogLevel.Error, "The audit's file cannot be written; events wait in memory, and writing is tried again every second")]
    private partial void LogUnwritable(Exception exception);

    [LoggerMessage(4012, LogLevel.Information, "The audit's file is written again")]
    private partial void LogWritable();
}
