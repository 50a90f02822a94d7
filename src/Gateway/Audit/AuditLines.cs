using System.Buffers;

namespace Otp.Gateway.Audit;

/// <summary>Events as lines of JSON, ready to be written at once.</summary>
internal sealed class AuditLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private readonly Utf8JsonWriter _json;

    public AuditLines() => _json = new Utf8JsonWriter(_buffer);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Add(in AuditEvent done)
    {
        done.WriteTo(_json);
        _json.Flush();
        _json.Reset();
        _buffer.Write("\n"u8);
        Count++;
    }

    public void Dispose() => _json.Dispose();

    public void Clear()
    {
        _buffer.ResetWrittenCount();
        Count = 0;
    }
}
