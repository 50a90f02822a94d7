using System.Buffers;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using Otp.Telemetry;

namespace Otp.Gateway.Audit;

/// <summary>The audit's file: events wait in bounded memory for one writer, which appends all that wait at once.</summary>
/// <remarks>
/// Requests go on when the file cannot be written: a full disk must not keep people from signing in. The writer retries every second. Events
/// that no longer fit in memory are lost, counted in <c>otp.audit.lost</c>, and logged as an error; an operator who must not miss an event
/// watches either. Each write goes to the file's present end, so logrotate's <c>copytruncate</c> may truncate the file meanwhile.
/// </remarks>
internal sealed partial class AuditFile : IHostedService, IDisposable
{
    private const int LongestQueue = 16 * 1024;
    private const int MostAtOnce = 1024;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private static readonly Counter<long> Lost =
        OtpTelemetry.Meter.CreateCounter<long>("otp.audit.lost", "{event}", "Audited requests that could not be written to the audit's file.");

    private readonly Channel<AuditEvent> _queue =
        System.Threading.Channels.Channel.CreateBounded<AuditEvent>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly FileStream? _file;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditFile> _logger;
    private readonly CancellationTokenSource _givingUp = new();
    private readonly ArrayBufferWriter<byte> _lines = new(64 * 1024);
    private Task _writing = Task.CompletedTask;
    private DateTimeOffset _reportedAt;
    private int _events;
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

    /// <summary>Writes what waits; when the stop is cancelled first, or the file cannot be written, the rest is lost.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await using var registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _givingUp);
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
    }

    private async Task WriteAllAsync(SafeFileHandle file)
    {
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            for (_events = 0; _events < MostAtOnce && _queue.Reader.TryRead(out var next); _events++)
            {
                _lines.Write(JsonSerializer.SerializeToUtf8Bytes(next, AuditJson.Default.AuditEvent));
                _lines.Write("\n"u8);
            }

            while (!TryAppend(file) && !_givingUp.IsCancellationRequested)
            {
                Report();
                await Task.Delay(RetryDelay, _time, _givingUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (_isFailing)
            {
                Lose(_events);
            }

            _lines.ResetWrittenCount();
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
            RandomAccess.Write(file, _lines.WrittenSpan, end);
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

    // Removes the half line that a full disk leaves.
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
            // The disk itself fails; the next write reports it.
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
        var isDue = _queue.Reader.Completion.IsCompleted || (!_givingUp.IsCancellationRequested && now - _reportedAt >= ReportInterval);
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
