using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Otp.Delivery;

/// <summary>A connection to a mail server: commands out, answers in. It trusts nothing that it reads, and closing it waits for nobody.</summary>
internal sealed class SmtpConnection : IDisposable
{
    private const int MaxLine = 2048;
    private const int MaxLines = 128;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[MaxLine];
    private Stream _stream;
    private int _start;
    private int _end;

    private SmtpConnection(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The address literal by which this end calls itself.</summary>
    public string LocalName => ((IPEndPoint)_socket.LocalEndPoint!).Address switch
    {
        { IsIPv4MappedToIPv6: true } mapped => $"[{mapped.MapToIPv4()}]",
        { AddressFamily: AddressFamily.InterNetworkV6 } v6 => $"[IPv6:{new IPAddress(v6.GetAddressBytes())}]",
        var v4 => $"[{v4}]",
    };

    /// <summary>Connects, to whichever of the host's addresses answers first in order.</summary>
    /// <exception cref="SocketException">No connection.</exception>
    public static async Task<SmtpConnection> ConnectAsync(string host, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, ct);
            return new SmtpConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Says a line, of ASCII and without line ends within, and returns the answer.</summary>
    public async Task<SmtpReply> SayAsync(string command, CancellationToken ct)
    {
        await WriteAsync(command, ct);
        return await ReadReplyAsync(ct);
    }

    /// <summary>Says a line and waits for no answer.</summary>
    public ValueTask WriteAsync(string command, CancellationToken ct) =>
        _stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), ct);

    /// <summary>Sends a message whose lines end in CRLF and never begin with a dot, ends it, and returns the answer.</summary>
    public async Task<SmtpReply> SendDataAsync(string message, CancellationToken ct)
    {
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(message + ".\r\n"), ct);
        return await ReadReplyAsync(ct);
    }

    /// <summary>Encrypts the connection.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server's certificate is not trusted, or it speaks no TLS.</exception>
    /// <exception cref="InvalidDataException">The server said more, in clear, than the answer to STARTTLS: it might be anyone's.</exception>
    public async Task EncryptAsync(SslClientAuthenticationOptions options, CancellationToken ct)
    {
        if (_start < _end)
            throw new InvalidDataException("Text in clear after the answer to STARTTLS.");

        var tls = new SslStream(_stream);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(options, ct);
    }

    /// <summary>Reads one answer, of one line or several.</summary>
    /// <exception cref="InvalidDataException">What came is no answer of SMTP.</exception>
    /// <exception cref="EndOfStreamException">The server closed the connection.</exception>
    public async Task<SmtpReply> ReadReplyAsync(CancellationToken ct)
    {
        var lines = new List<string>();
        while (lines.Count < MaxLines)
        {
            var line = await ReadLineAsync(ct);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, null, out var code))
                throw new InvalidDataException("An answer without a code.");

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, lines);
            if (line[3] != '-')
                throw new InvalidDataException("An answer without a separator.");
        }

        throw new InvalidDataException("An answer without an end.");
    }

    /// <summary>Closes the connection at once, in whatever state it is.</summary>
    public void Dispose() => _stream.Dispose();

    private async Task<string> ReadLineAsync(CancellationToken ct)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.Latin1.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            await FillAsync(ct);
        }
    }

    private async Task FillAsync(CancellationToken ct)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            throw new InvalidDataException("A line too long for SMTP.");

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), ct);
        if (read == 0)
            throw new EndOfStreamException();
        _end += read;
    }
}
