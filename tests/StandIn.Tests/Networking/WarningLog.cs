using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orleans.StandIn.Networking;

/// <summary>The warnings and errors of a silo, for the test to await.</summary>
internal sealed class WarningLog : ILoggerProvider, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>The next line, once it is there.</summary>
    public Task<string> NextAsync() => _lines.Reader.ReadAsync().AsTask().InTime();

    /// <summary>How many lines nobody has read.</summary>
    public int Unread => _lines.Reader.Count;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            _lines.Writer.TryWrite(formatter(state, exception));
        }
    }

    public void Dispose()
    {
    }
}
